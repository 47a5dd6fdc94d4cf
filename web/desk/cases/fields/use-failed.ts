import { useState } from 'react'

/** A form is judged when it is sent; after a first failure each change is judged at once, so that red fields clear as they are filled. */
export function useFailed(): { failed: boolean; onFinishFailed(): void } {
  const [failed, setFailed] = useState(false)
  return { failed, onFinishFailed: () => setFailed(true) }
}
