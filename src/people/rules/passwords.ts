/** Twelve characters of three classes (等保三级; a setting of the city). */
export function isStrong(password: string): boolean {
  const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((c) => c.test(password)).length
  return password.length >= 12 && classes >= 3
}
