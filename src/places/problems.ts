import { defineProblems } from '../base/problem.ts'

export const problem = defineProblems('places', {
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
