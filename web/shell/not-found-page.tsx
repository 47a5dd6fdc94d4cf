import { Link } from 'react-router'
import { MessageBox } from '../ui/message-box.tsx'
import { useTitle } from '../ui/use-title.ts'
import { useText } from './language.tsx'

/** An address that no page has. */
export function NotFoundPage() {
  const t = useText()
  useTitle(t.state.noPage, t.product)
  return <MessageBox title={t.state.noPage} action={<Link to="/work">{t.nav.work}</Link>} />
}
