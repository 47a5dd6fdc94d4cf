import './letters.css'
import { Button, message, Popconfirm } from 'antd'
import type { LetterKind } from '../../../src/cases/letters/rules/kinds.ts'
import { useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useCan } from '../../shell/session.ts'
import { useGet, useSend } from '../../shell/use-api.ts'
import { Panel } from '../../ui/panel.tsx'
import { formatMoment } from '../cases/format.ts'

type Kind = { kind: LetterKind; label: string; ready: boolean; why?: string }
type Issued = { id: string; kind: LetterKind; number: string; title: string; by: string; at: string }
type Letters = { kinds: Kind[]; issued: Issued[] }

/** 文书 of a case: drafts to download, issuing with a number, and what was issued. Mounted by the case page with the case's id. */
export function LettersPanel({ id }: { id: string }) {
  const t = useText()
  const letters = useGet<Letters>(`/api/cases/${id}/letters`)
  return (
    <Panel title={t.letters.title} id="letters">
      <Loaded query={letters}>
        {({ kinds, issued }) => (
          <>
            <h3>{t.letters.drafts}</h3>
            <ul className="letter-list">
              {kinds.map((kind) => (
                <KindRow key={kind.kind} id={id} kind={kind} />
              ))}
            </ul>
            <h3>{t.letters.issued}</h3>
            {issued.length === 0 && <p className="muted">{t.letters.noneIssued}</p>}
            <ul className="letter-list">
              {issued.map((letter) => (
                <IssuedRow key={letter.id} id={id} letter={letter} />
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </Panel>
  )
}

function KindRow({ id, kind: { kind, label, ready, why } }: { id: string; kind: Kind }) {
  const t = useText()
  const issue = useSend<Issued>({ onDone: ({ number }) => void message.success(t.letters.done(number)) })
  const mayIssue = useCan('letter.issue')
  if (!ready)
    return (
      <li className="row">
        <span>{label}</span>
        <span className="muted">
          {t.letters.notYet}
          {t.colon}
          {why}
        </span>
      </li>
    )
  return (
    <li>
      <span className="row">
        <span>{label}</span>
        <FileLinks path={`/api/cases/${id}/letters/${kind}`} name={`${label} ${t.letters.draft}`} />
        {mayIssue && (
          <Popconfirm
            title={t.letters.issueTitle(label)}
            description={t.letters.issueText}
            onConfirm={() => issue.mutate({ path: `/api/cases/${id}/letters`, body: { kind } })}
          >
            <Button size="small" loading={issue.isPending} aria-label={`${t.letters.issue} ${label}`}>
              {t.letters.issue}
            </Button>
          </Popconfirm>
        )}
      </span>
      {issue.error && <ProblemAlert error={issue.error} />}
    </li>
  )
}

function IssuedRow({ id, letter }: { id: string; letter: Issued }) {
  const t = useText()
  return (
    <li className="row">
      <strong>{letter.number}</strong>
      <span>{letter.title}</span>
      <span className="muted">
        {letter.by} {formatMoment(letter.at)}
      </span>
      <FileLinks path={`/api/cases/${id}/letters/issued/${letter.id}`} name={`${letter.number} ${t.letters.original}`} />
    </li>
  )
}

function FileLinks({ path, name }: { path: string; name: string }) {
  return (
    <>
      <a href={`${path}.docx`} aria-label={`${name} docx`}>
        docx
      </a>
      <a href={`${path}.pdf`} aria-label={`${name} PDF`}>
        PDF
      </a>
    </>
  )
}
