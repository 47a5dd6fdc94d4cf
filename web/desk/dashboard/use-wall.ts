import { useEffect, useState } from 'react'

/** The wall view: the whole screen and letters that are read from five metres; left with the button or with Escape. */
export function useWall(first: boolean): { on: boolean; toggle(): void } {
  const [on, setOn] = useState(first)
  useEffect(() => {
    document.documentElement.classList.toggle('wall', on)
    return () => document.documentElement.classList.remove('wall')
  }, [on])
  useEffect(() => {
    const left = () => setOn(document.fullscreenElement !== null)
    document.addEventListener('fullscreenchange', left)
    return () => document.removeEventListener('fullscreenchange', left)
  }, [])
  const toggle = () => {
    setOn(!on)
    // A screen that refuses to be filled still shows the wall view.
    if (on && document.fullscreenElement) void document.exitFullscreen().catch(() => {})
    else if (!on) void document.documentElement.requestFullscreen?.().catch(() => {})
  }
  return { on, toggle }
}
