import './rules.css'
import { Button, Input, message } from 'antd'
import { useState } from 'react'
import { useText } from '../../shell/language.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useCan, useMe } from '../../shell/session.ts'
import { useSend } from '../../shell/use-api.ts'
import { type ChangeRow, differences } from './rule-view.ts'
import { useRuleWords } from './rule-words.tsx'

/** Changes, those that wait first, each with what it changes and what can be done about it. */
export function ChangeList({ changes }: { changes: ChangeRow[] }) {
  return (
    <ul className="change-list">
      {changes.map((change) => (
        <li key={change.id} className={`change is-${change.state}`}>
          <Change change={change} />
        </li>
      ))}
    </ul>
  )
}

function Change({ change }: { change: ChangeRow }) {
  const t = useText()
  const { titleOf } = useRuleWords()
  const { proposal } = change
  return (
    <>
      <p className="row">
        <strong>{titleOf(proposal)}</strong>
        <span className={change.state === 'proposed' ? 'mark mark-warn' : 'mark'}>{t.rules.states[change.state]}</span>
        {proposal.validFrom && <span>{t.rules.from(proposal.validFrom)}</span>}
      </p>
      <p className="muted small">
        {t.rules.proposed(change.proposedBy.name, change.proposedOn)}：{proposal.reason}
        {change.decidedBy && change.state !== 'withdrawn' && (
          <>
            ；{t.rules.decided(change.decidedBy.name, change.decidedOn ?? '')}：{change.words}
          </>
        )}
      </p>
      <Differs change={change} />
      {change.state === 'proposed' && <Decide change={change} />}
    </>
  )
}

function Differs({ change }: { change: ChangeRow }) {
  const t = useText()
  const { fieldOf, wordOf } = useRuleWords()
  if (change.proposal.op === 'confirm') return <p>{t.rules.isConfirmation}</p>
  return (
    <ul className="differs" aria-label={t.rules.differs}>
      {differences(change.was.value, change.proposal.value).map(({ path, before, after }) => (
        <li key={path.join('.')}>
          {fieldOf(path)}：<del>{wordOf(before)}</del> → <ins>{wordOf(after)}</ins>
        </li>
      ))}
      <li>
        {t.rules.newSource}：{change.proposal.source}
      </li>
    </ul>
  )
}

function Decide({ change }: { change: ChangeRow }) {
  const t = useText()
  const me = useMe()
  const [words, setWords] = useState('')
  const canDecide = useCan('rule.decide')
  const send = useSend<ChangeRow>({
    onDone: ({ state }) =>
      void message.success(
        { approved: t.rules.approvedNow, refused: t.rules.refusedNow }[state as 'approved'] ?? t.rules.withdrawnNow,
      ),
  })
  const isOwn = change.proposedBy.account === me.account
  const path = `/api/rule-changes/${change.id}`
  const decide = (approve: boolean) =>
    send.mutate({ path: `${path}/decision`, body: { approve, words: words.trim() }, version: change.version })
  if (isOwn)
    return (
      <p className="row">
        <span className="muted">{t.rules.ownChange}</span>
        <Button
          size="small"
          loading={send.isPending}
          onClick={() => send.mutate({ path: `${path}/withdraw`, body: {}, version: change.version })}
        >
          {t.rules.withdraw}
        </Button>
        {send.error && <ProblemAlert error={send.error} />}
      </p>
    )
  if (!canDecide) return null
  return (
    <p className="row">
      <Input
        aria-label={t.rules.words}
        placeholder={t.rules.words}
        value={words}
        maxLength={500}
        onChange={(e) => setWords(e.target.value)}
        className="filter-words"
      />
      <Button type="primary" disabled={!words.trim()} loading={send.isPending} onClick={() => decide(true)}>
        {t.rules.approve}
      </Button>
      <Button danger disabled={!words.trim()} loading={send.isPending} onClick={() => decide(false)}>
        {t.rules.refuse}
      </Button>
      {send.error && <ProblemAlert error={send.error} />}
    </p>
  )
}
