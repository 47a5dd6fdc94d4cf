// replaced when the importer is in
export const runImport = async (..._a: unknown[]): Promise<number> => 1
export const importDemo = async (..._a: unknown[]): Promise<void> => {}
