import { theme as antd, type ThemeConfig } from 'antd'

const COMMON = {
  borderRadius: 3,
  fontSize: 14,
  fontFamily: 'var(--font)',
  motionDurationMid: '0.12s',
  motionDurationSlow: '0.16s',
} as const

const COMPONENTS: NonNullable<ThemeConfig['components']> = {
  Form: { itemMarginBottom: 24, verticalLabelPadding: '0 0 4px' },
  Drawer: { paddingLG: 20 },
}

/** One calm look for every screen: deep teal for what can be done, grey for the rest, signal colours only for signals. */
const LIGHT: ThemeConfig = {
  token: {
    ...COMMON,
    colorPrimary: '#12576b',
    colorInfo: '#12576b',
    colorLink: '#0f5c78',
    colorTextBase: '#1b2730',
    colorError: '#b42318',
    colorWarning: '#b97a00',
    colorSuccess: '#1f7a4d',
    // antd derives these from a dark primary as greys; they are named instead.
    colorPrimaryBg: '#e6f0f3',
    colorInfoBg: '#eaf3f6',
    colorInfoBorder: '#a9c9d3',
    colorErrorBg: '#fdf0ee',
    colorErrorBorder: '#e4b4ae',
    colorWarningBg: '#fff8e6',
    colorWarningBorder: '#e3c879',
    controlItemBgActive: '#e6f0f3',
    controlItemBgActiveHover: '#d7e7ec',
    colorTextPlaceholder: '#64737d',
    colorTextDescription: '#5a6b76',
  },
  components: COMPONENTS,
}

/** The same in the dark, where the teal is lighter and a button's word dark on it. */
const DARK: ThemeConfig = {
  algorithm: antd.darkAlgorithm,
  token: {
    ...COMMON,
    colorPrimary: '#4fb3cf',
    colorInfo: '#4fb3cf',
    colorLink: '#82cbe2',
    colorBgBase: '#182126',
    colorTextBase: '#e3eaed',
    colorError: '#ff7b70',
    colorWarning: '#ebbc52',
    colorSuccess: '#5cc795',
    colorTextLightSolid: '#0b1a20',
    colorPrimaryBg: '#17343f',
    colorInfoBg: '#17303a',
    colorInfoBorder: '#35606f',
    colorErrorBg: '#3a1d1a',
    colorErrorBorder: '#74332c',
    colorWarningBg: '#33290f',
    colorWarningBorder: '#6f591c',
    controlItemBgActive: '#17343f',
    controlItemBgActiveHover: '#1e424f',
    colorBgContainer: '#182126',
    colorBgElevated: '#1f2a30',
    colorBorder: '#51626c',
    colorTextPlaceholder: '#9fafb8',
    colorTextDescription: '#a9b8c0',
  },
  components: COMPONENTS,
}

/** What antd is told of the look. */
export function themeFor(look: 'light' | 'dark'): ThemeConfig {
  return look === 'dark' ? DARK : LIGHT
}
