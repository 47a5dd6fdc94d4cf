import { describe, expect, it } from 'vitest'
import { signedDingtalk, signedHeaders } from './signature.ts'

describe('signatures', () => {
  it('agrees with the example of Standard Webhooks', () => {
    const headers = signedHeaders('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      body: '{"test": 2432232314}',
      now: new Date(1_614_265_330_000),
    })
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
    expect(headers['webhook-timestamp']).toBe('1614265330')
  })

  it('signs a robot of DingTalk in its address, and leaves one without a secret alone', () => {
    const now = new Date(1_700_000_000_000)
    const url = new URL(signedDingtalk('https://oapi.example/robot/send?access_token=x', 'SECabc', now))
    expect(url.searchParams.get('access_token')).toBe('x')
    expect(url.searchParams.get('timestamp')).toBe('1700000000000')
    expect(Buffer.from(url.searchParams.get('sign')!, 'base64')).toHaveLength(32)
    expect(signedDingtalk('https://oapi.example/x', undefined, now)).toBe('https://oapi.example/x')
  })
})
