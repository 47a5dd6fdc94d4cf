// Bakes the embedded database's template while `npm start` builds the desk, so that the first start need not.
import { bakeSchemaTemplate } from '../src/schema-template.ts'

await bakeSchemaTemplate()
