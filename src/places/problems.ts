import { defineProblems } from '../base/problem.ts'

export const problem = defineProblems('places', {
  'no-imagery': {
    status: 404,
    zh: '没有这份底图影像：{name}',
    en: 'There is no such imagery: {name}',
  },
  'no-such-part': {
    status: 416,
    zh: '文件没有这一段：{found}；全长 {size} 字节',
    en: 'The file has no such part: {found}; it is {size} bytes long',
  },
  'no-county': {
    status: 404,
    zh: '该点不在本市任何县区内：{lng}, {lat}',
    en: 'The point lies in no county of this city: {lng}, {lat}',
  },
  'bad-point': {
    status: 400,
    zh: '坐标不成立：{found}；应为 {expected}',
    en: 'The coordinates do not hold: {found}; expected {expected}',
  },
})
