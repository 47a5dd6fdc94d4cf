import { Button, Dropdown } from 'antd'
import { TEMPLATE_LABELS } from '../../../src/admin/templates/rules/kinds.ts'
import { LIST_KINDS } from '../../../src/cases/letters/rules/kinds.ts'
import { useLanguage } from '../../shell/language.tsx'

const FORMATS = ['xlsx', 'docx', 'pdf'] as const

/** The official lists of what the list page shows: `search` are the filters of its address. */
export function ListDownloads({ search }: { search: URLSearchParams }) {
  const { t, language } = useLanguage()
  const items = LIST_KINDS.flatMap((kind) =>
    FORMATS.map((format) => ({
      key: `${kind}.${format}`,
      label: <a href={`/api/cases/lists/${kind}.${format}?${search}`}>{`${TEMPLATE_LABELS[kind][language]} · ${format}`}</a>,
    })),
  )
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button>{t.letters.lists}</Button>
    </Dropdown>
  )
}
