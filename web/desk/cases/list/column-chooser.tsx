import { Button, Checkbox, Popover } from 'antd'
import { COLUMNS, type ColumnCode, USUAL_COLUMNS } from '../../../../src/cases/rules/list-view.ts'
import { useText } from '../../../shell/language.tsx'

type Props = { columns: readonly ColumnCode[]; choose(columns: readonly ColumnCode[]): void }

/** Which columns are shown, in which order. */
export function ColumnChooser(props: Props) {
  const t = useText()
  return (
    <Popover
      getPopupContainer={(trigger) => trigger.parentElement ?? document.body}
      trigger="click"
      placement="bottomRight"
      title={t.desk.columnsTitle}
      content={<Choices {...props} />}
    >
      <Button>{t.desk.columns}</Button>
    </Popover>
  )
}

function Choices({ columns, choose }: Props) {
  const t = useText()
  const hidden = COLUMNS.filter((code) => !columns.includes(code))
  const move = (at: number, by: number) => {
    const next = [...columns]
    next.splice(at + by, 0, ...next.splice(at, 1))
    choose(next)
  }
  return (
    <div className="column-choices">
      <ul>
        {columns.map((code, at) => (
          <li key={code}>
            <Checkbox checked onChange={() => choose(columns.filter((each) => each !== code))}>
              {t.desk.column[code]}
            </Checkbox>
            <Step name={t.desk.up(t.desk.column[code])} sign="↑" step={at > 0 ? () => move(at, -1) : undefined} />
            <Step
              name={t.desk.down(t.desk.column[code])}
              sign="↓"
              step={at < columns.length - 1 ? () => move(at, 1) : undefined}
            />
          </li>
        ))}
        {hidden.map((code) => (
          <li key={code}>
            <Checkbox checked={false} onChange={() => choose([...columns, code])}>
              {t.desk.column[code]}
            </Checkbox>
          </li>
        ))}
      </ul>
      <Button size="small" onClick={() => choose(USUAL_COLUMNS)}>
        {t.desk.usualColumns}
      </Button>
    </div>
  )
}

function Step({ name, sign, step }: { name: string; sign: string; step: (() => void) | undefined }) {
  return (
    <Button size="small" type="text" aria-label={name} disabled={!step} {...(step && { onClick: step })}>
      {sign}
    </Button>
  )
}
