import { describe, expect, it } from 'vitest'
import { prefixOf } from './throttle.ts'

describe('an address is counted by its prefix', () => {
  it.each([
    ['203.0.113.7', '203.0.113'],
    ['::ffff:203.0.113.7', '203.0.113'],
    ['::ffff:cb00:7107', '203.0.113'],
    ['2001:db8:1:2:3::1', '2001:db8:1:0/56'],
    ['2001:db8:1:12ff::1', '2001:db8:1:1200/56'],
    ['2001:db8::1', '2001:db8:0:0/56'],
    ['2001:DB8::2', '2001:db8:0:0/56'],
    ['2001:0db8:0000:0000:0000:0000:0000:0009', '2001:db8:0:0/56'],
    ['2001:db8::ff:0:0:0:1', '2001:db8:0:0/56'],
    ['::1', '0:0:0:0/56'],
    ['fe80::1%eth0', 'fe80:0:0:0/56'],
    ['::192.0.2.1', '0:0:0:0/56'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0/56'],
    ['not an address', 'not an address'],
  ])('%s as %s', (address, prefix) => expect(prefixOf(address)).toBe(prefix))
})
