export { type City, loadCity, loadLaw, setUpCity } from './city.ts'
export { type DemoAccount, makeDemoPeople } from './demo-people.ts'
export { routes } from './routes.ts'
export { commonData, renderDocument, type TemplateKind, templateVersion } from './templates/render.ts'
