import type { StaffCtx } from './ctx.ts'

export async function importDemo(_ctx: StaffCtx): Promise<void> {}
