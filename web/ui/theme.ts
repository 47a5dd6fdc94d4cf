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
    fontFamily: "'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', system-ui, sans-serif",
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
  },
  components: {
    Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
    Drawer: { paddingLG: 20 },
  },
}
