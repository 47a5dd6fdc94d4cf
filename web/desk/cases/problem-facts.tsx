import { PATH_LABELS, SOURCE_LABELS } from '../../../src/cases/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { type Fact, Facts } from '../../ui/facts.tsx'
import type { Detail } from './case-view.ts'
import { nameOf } from './closed-lists.ts'
import { PlaceName } from './place-name.tsx'

/** 问题清单: what the problem is. */
export function ProblemFacts({ c }: { c: Detail }) {
  const { language, t } = useLanguage()
  const facts: Fact[] = [
    { label: t.list.no, value: <span className="number">{c.no}</span> },
    { label: t.fields.source, value: SOURCE_LABELS[c.source][language] },
    { label: t.list.path, value: PATH_LABELS[c.path][language] },
    { label: t.fields.batch, value: c.batch },
    { label: t.fields.originalNo, value: c.originalNo },
    { label: t.fields.category, value: nameOf('category', c.category, language) },
    {
      label: t.fields.pollution,
      value: c.pollution.map((each) => nameOf('pollution', each, language)).join(t.common.listSeparator),
    },
    { label: t.fields.thing, value: nameOf('thing', c.thing, language) },
    { label: t.fields.severity, value: nameOf('severity', c.severity, language) },
    { label: t.fields.qinling, value: nameOf('qinling', c.place.qinling, language) },
    { label: t.list.reportedOn, value: c.reportedOn },
    { label: t.fields.foundOn, value: c.foundOn },
    { label: t.fields.common, value: c.common ? t.common.yes : t.common.no },
    { label: t.fields.enterprise, value: c.enterprise },
    { label: t.fields.point, value: c.place.point && `${c.place.point.lng.toFixed(5)}, ${c.place.point.lat.toFixed(5)}` },
    { label: t.list.place, value: <PlaceName place={c.place} />, wide: true },
  ]
  return (
    <>
      <Facts facts={facts} />
      {c.imported?.words && <ImportedWords words={c.imported.words} />}
    </>
  )
}

// What the sheet said beside the fields, in its own words.
function ImportedWords({ words }: { words: Record<string, string> }) {
  const { t } = useLanguage()
  return (
    <>
      <h3>{t.case.importedWords}</h3>
      <Facts facts={Object.entries(words).map(([label, value]) => ({ label, value, wide: true }))} />
    </>
  )
}
