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
    borderRadius: 3,
    fontSize: 14,
    colorTextPlaceholder: '#6b7b85',
    colorTextDescription: '#5a6b76',
    fontFamily: 'var(--font)',
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
  },
  components: {
    Form: { itemMarginBottom: 20, verticalLabelPadding: '0 0 4px' },
    Drawer: { paddingLG: 20 },
  },
}
