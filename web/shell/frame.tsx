import { useEffect, useRef, useState } from 'react'
import { NavLink, Outlet, useLocation, useNavigation } from 'react-router'
import { Bell } from '../desk/inbox/bell.tsx'
import { SearchBox } from '../desk/search/search-box.tsx'
import { useOnline } from '../ui/use-online.ts'
import { useText } from './language.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { LookSwitch } from './look-switch.tsx'
import { pagesFor } from './pages.ts'
import { useMe } from './session.ts'

/** The frame round every page: skip link, who is signed in and where, the pages this person may open, what everyone must know. */
export function Frame() {
  const t = useText()
  const me = useMe()
  const online = useOnline()
  const busy = useNavigation().state !== 'idle'
  return (
    <div className="frame">
      <a className="skip-link" href="#content">
        {t.skip}
      </a>
      <TopBar />
      {me.demo && (
        <aside className="strip strip-demo" aria-label={t.sample}>
          {t.demoBanner}
        </aside>
      )}
      {me.readOnly && (
        <aside className="strip strip-demo" aria-label={t.admin.account.readOnly}>
          {t.admin.readOnlyBanner}
        </aside>
      )}
      {!online && (
        <aside className="strip strip-offline" aria-label={t.state.offline}>
          <span role="alert">{t.state.offlineBanner}</span>
        </aside>
      )}
      <div className="frame-body">
        <Navigation />
        <Content busy={busy} />
      </div>
    </div>
  )
}

function TopBar() {
  const t = useText()
  const me = useMe()
  const post = me.holdings[0]
  return (
    <header className="top-bar">
      <NavLink to="/work" className="brand">
        <img src="/favicon.svg" alt="" width="24" height="24" />
        <strong>{t.product}</strong>
        <span className="brand-city">{me.cityName}</span>
      </NavLink>
      {me.permissions.includes('case.read') && <SearchBox />}
      <div className="top-bar-end">
        <Bell />
        <LookSwitch />
        <LanguageSwitch />
        <NavLink to="/account" className="who">
          <span>{me.name}</span>
          {post && <span className="who-post">{post.title}</span>}
        </NavLink>
      </div>
    </header>
  )
}

function Navigation() {
  const t = useText()
  const me = useMe()
  const [open, setOpen] = useState(false)
  const { pathname } = useLocation()
  useEffect(() => setOpen(false), [pathname])
  return (
    <nav className="navigation" aria-label={t.nav.label}>
      <button type="button" className="menu-button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t.nav.menu}
      </button>
      <ul className={open ? 'open' : undefined}>
        {pagesFor(me).map((page) => (
          <li key={page.to}>
            <NavLink to={page.to} end>
              {t.nav[page.name]}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}

// A new page starts at its top, and a screen reader is taken there.
function Content({ busy }: { busy: boolean }) {
  const main = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  const first = useRef(true)
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true })
    first.current = false
    window.scrollTo(0, 0)
  }, [pathname])
  return (
    <main id="content" ref={main} tabIndex={-1} aria-busy={busy}>
      <Outlet />
    </main>
  )
}
