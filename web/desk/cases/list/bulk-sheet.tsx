import { Alert, Button, Form, Progress, Radio } from 'antd'
import { useState } from 'react'
import { BULK_MOVES, type BulkLine, type BulkMove, MOST_TRIED } from '../../../../src/cases/rules/bulk.ts'
import { MOVE_LABELS } from '../../../../src/cases/rules/labels.ts'
import { useLanguage } from '../../../shell/language.tsx'
import { ProblemAlert } from '../../../shell/problem-alert.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { actOfForm } from '../act-of-form.ts'
import { CaseAtHandContext } from '../fields/case-at-hand.ts'
import { FieldItem } from '../fields/field-item.tsx'
import { type Field, fieldsOf } from '../move-forms.ts'
import { BulkLines } from './bulk-lines.tsx'
import { downloadResults } from './results-csv.ts'
import type { BulkAct, Run, useBulkRun } from './use-bulk-run.ts'

/** What is acted on: cases by name, or all that a filter shows. */
export type Target = { cases: Run['cases'] } | { filter: Record<string, string> }

type Props = {
  target: Target
  count: number
  bulk: ReturnType<typeof useBulkRun>
  /** Only these acts are offered. */
  moves?: readonly BulkMove[]
  onClose(): void
}

// What differs from case to case is said on the case.
const OWN = ['title', 'claims', 'address', 'point', 'enterprise']
const NO_CASE = { id: '', measures: [], claims: [] }

/** 批量办理: choose the act, try it on every case, carry it out where it can be. */
export function BulkSheet({ target, count, bulk, moves = BULK_MOVES, onClose }: Props) {
  const { t } = useLanguage()
  const [tried, setTried] = useState<{ act: BulkAct; lines: BulkLine[] }>()
  return (
    <Sheet title={t.desk.bulkTitle(count)} open onClose={onClose} wide>
      <CaseAtHandContext value={NO_CASE}>
        {bulk.run ? (
          <Carrying bulk={bulk} run={bulk.run} onClose={onClose} />
        ) : (
          <>
            <div hidden={tried !== undefined}>
              <Choosing target={target} count={count} bulk={bulk} moves={moves} done={setTried} />
            </div>
            {tried && <Tried {...tried} bulk={bulk} back={() => setTried(undefined)} />}
          </>
        )}
      </CaseAtHandContext>
    </Sheet>
  )
}

type ChoosingProps = Pick<Props, 'target' | 'count' | 'bulk'> & {
  moves: readonly BulkMove[]
  done(tried: { act: BulkAct; lines: BulkLine[] }): void
}

function Choosing({ target, count, bulk, moves, done }: ChoosingProps) {
  const { t, language } = useLanguage()
  const [form] = Form.useForm()
  const [move, setMove] = useState<BulkMove | undefined>(moves.length === 1 ? moves[0] : undefined)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<Error>()
  const fields = move ? bulkFields(move) : []
  const submit = async (values: Record<string, unknown>) => {
    if (!move) return
    const act = { move, ...actOfForm(fields, values) }
    setBusy(true)
    setError(undefined)
    try {
      done({ act, lines: (await bulk.dryRun(act, target)).lines })
    } catch (failure) {
      setError(failure as Error)
    }
    setBusy(false)
  }
  if (count > MOST_TRIED) return <Alert type="warning" showIcon title={t.desk.tooMany(MOST_TRIED)} />
  return (
    <Form form={form} layout="vertical" onFinish={submit} disabled={busy} scrollToFirstError={{ focus: true }}>
      <p className="muted bulk-note">{t.desk.bulkNote}</p>
      <Form.Item label={t.desk.chooseMove}>
        <Radio.Group
          value={move}
          onChange={(e) => {
            form.resetFields()
            setMove(e.target.value)
          }}
          options={moves.map((code) => ({ value: code, label: MOVE_LABELS[code][language] }))}
        />
      </Form.Item>
      {fields.map((field) => (
        <FieldItem key={`${move} ${field.name}`} field={field} />
      ))}
      {error && <ProblemAlert error={error} />}
      <Button type="primary" htmlType="submit" disabled={!move} loading={busy}>
        {t.desk.tryIt}
      </Button>
    </Form>
  )
}

function bulkFields(move: BulkMove): readonly Field[] {
  return fieldsOf(move).filter(({ name }) => !OWN.includes(name))
}

type TriedProps = { act: BulkAct; lines: BulkLine[]; bulk: Props['bulk']; back(): void }

function Tried({ act, lines, bulk, back }: TriedProps) {
  const { t } = useLanguage()
  const will = lines.filter(({ result }) => result === 'will')
  const cases = will.map(({ id, version }) => ({ id, ...(version !== undefined && { version }) }))
  return (
    <>
      <p role="status">{will.length === 0 ? t.desk.none : t.desk.tried(will.length, lines.length - will.length)}</p>
      <div className="row bulk-acts">
        <Button type="primary" disabled={will.length === 0} onClick={() => bulk.start(act, cases)}>
          {t.desk.carryOut(will.length)}
        </Button>
        <Button onClick={back}>{t.desk.change}</Button>
      </div>
      <BulkLines lines={lines} />
    </>
  )
}

function Carrying({ bulk, run, onClose }: { bulk: Props['bulk']; run: Run; onClose(): void }) {
  const texts = useLanguage()
  const { t } = texts
  const done = run.lines.filter(({ result }) => result === 'done').length
  const words =
    bulk.state === 'running'
      ? t.desk.running(run.lines.length, run.cases.length)
      : bulk.state === 'stopped'
        ? t.desk.stopped
        : t.desk.finished(done, run.lines.length - done)
  return (
    <>
      <p role="status">{words}</p>
      <Progress
        percent={Math.round((100 * run.lines.length) / run.cases.length)}
        status={bulk.state === 'running' ? 'active' : 'normal'}
        aria-label={t.desk.bulk}
      />
      {bulk.error && <ProblemAlert error={bulk.error} />}
      <div className="row bulk-acts">
        {bulk.state === 'running' && <Button onClick={bulk.halt}>{t.desk.cancel}</Button>}
        {bulk.state === 'stopped' && (
          <Button type="primary" onClick={() => bulk.resume(run)}>
            {t.desk.resume}
          </Button>
        )}
        {bulk.state !== 'running' && (
          <>
            <Button onClick={() => downloadResults(run.lines, texts)}>{t.desk.export}</Button>
            <Button onClick={onClose}>{t.common.close}</Button>
          </>
        )}
      </div>
      <BulkLines lines={run.lines} />
    </>
  )
}
