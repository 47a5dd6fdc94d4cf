import type { ThemeConfig } from 'antd'

/** One calm look for every screen: deep teal for what can be done, grey for the rest, signal colours only for signals. */
export const theme: ThemeConfig = {
  token: {
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
    borderRadius: 3,
    fontSize: 14,
    colorTextPlaceholder: '#64737d',
    colorTextDescription: '#5a6b76',
    fontFamily: 'var(--font)',
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
  },
  components: {
    Form: { itemMarginBottom: 24, verticalLabelPadding: '0 0 4px' },
    Drawer: { paddingLG: 20 },
  },
}
