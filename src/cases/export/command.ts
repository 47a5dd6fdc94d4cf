export const runExport = async (..._a: unknown[]): Promise<number> => 1
