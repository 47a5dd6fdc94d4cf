import { parse } from 'csv-parse/sync'

/** A request as its city's file has it. */
export type Request = Record<string, string>

/** A city whose real requests are loaded through a mapping: how it is configured, how its file is mapped, what must come of it. */
export type RealCity = {
  code: number
  name: string
  file: string
  batch: string
  source?: string
  /** Names of its counties: what its file calls the place of a request. */
  counties(requests: readonly Request[]): string[]
  mapping(counties: readonly string[]): object
  expected(requests: readonly Request[], counties: readonly string[]): Expected
}

/** Counted here from the file, by other code than the product's: what the import has to say. */
export type Expected = { read: number; refusedBy: Record<string, number>; states: Record<string, number>; coarsePoints: number }

/** The requests of a csv text. */
export function requestsOf(csv: string): Request[] {
  return parse(csv, { columns: true, bom: true, relax_quotes: true, relax_column_count: true }) as Request[]
}

const ZIP = /^21\d{3}$/

/** Baltimore 2018: zip codes as counties; coordinates that say no more than 39, −77 are no place. */
export const BALTIMORE: RealCity = {
  code: 820_100,
  name: 'Baltimore',
  file: 'complaints/baltimore_311_2018_10k.csv.gz',
  batch: 'Baltimore 311, 2018',
  counties: (requests) => [...new Set(requests.map((r) => r['ZipCode']!).filter((zip) => ZIP.test(zip)))].sort(),
  mapping: () => ({
    packed: 'gzip',
    dates: 'mdy',
    pointDecimals: 3,
    columns: {
      ServiceRequestNum: 'originalNo',
      SRType: 'problem',
      MethodReceived: 'source',
      CreatedDate: 'reportedOn',
      SRStatus: 'status',
      DueDate: 'term',
      CloseDate: 'closedOn',
      Agency: 'responsible',
      Address: 'address',
      ZipCode: 'region',
      Longitude: 'lng',
      Latitude: 'lat',
    },
    constants: { region: 'Baltimore' },
    values: {
      source: { Internal: 'own_check', Mail: 'petition_letter', Email: 'petition_letter', '*': 'hotline_12345' },
      status: { 'Closed (Transferred)': '已移送', 'Closed*': '已办结', '*': '未办结' },
      region: { '2122321223': '21223' },
    },
  }),
  expected(requests, counties) {
    const isPlace = (r: Request) => ['', '2122321223', ...counties].includes(r['ZipCode']!)
    const good = requests.filter(isPlace)
    return {
      read: requests.length,
      refusedBy: withoutNone({ 'places/unknown-area-name': requests.length - good.length }),
      states: countBy(good, baltimoreState),
      coarsePoints: requests.filter((r) => /^\d+$/.test(r['Latitude']!) && /^-\d+$/.test(r['Longitude']!)).length,
    }
  },
}

// Open requests have their agency; with a day that they are due they are handed over.
function baltimoreState(r: Request): string {
  if (r['SRStatus'] === 'Closed (Transferred)') return 'transferred'
  if (r['SRStatus']!.startsWith('Closed')) return 'closed'
  return r['DueDate'] ? 'assigned' : 'triaged'
}

const BOROUGHS = ['MANHATTAN', 'BRONX', 'BROOKLYN', 'QUEENS', 'STATEN ISLAND']

/**
 * New York 2020: boroughs as counties. The file was cut at commas, so that some rows have a parcel's number, which begins with its
 * borough's digit, or something else where the borough should be.
 */
export const NEW_YORK: RealCity = {
  code: 820_200,
  name: 'New York',
  file: 'complaints/nyc_311_17k_no_coords.csv.gz',
  batch: 'NYC 311, 2020',
  source: 'hotline_12345',
  counties: () => BOROUGHS,
  mapping: (counties) => ({
    packed: 'gzip',
    dates: 'mdy',
    columns: {
      unique_key: 'originalNo',
      created_date: 'reportedOn',
      closed_date: 'closedOn',
      complaint_type: 'problem',
      borough: 'region',
    },
    values: {
      region: {
        ...Object.fromEntries(counties.map((name) => [`* ${name}`, name])),
        ...Object.fromEntries(counties.map((name, at) => [`${at + 1}?????????`, name])),
        Unspecified: 'New York',
        '* Unspecified': 'New York',
      },
    },
  }),
  expected(requests, counties) {
    const place = new RegExp(`^((.* )?(${[...counties, 'Unspecified'].join('|')})|[1-5]\\d{9})$`)
    const placed = requests.filter((r) => place.test(r['borough']!))
    const inverted = placed.filter((r) => day(r['closed_date']!) < day(r['created_date']!))
    return {
      read: requests.length,
      refusedBy: withoutNone({ 'places/unknown-area-name': requests.length - placed.length, 'cases/day-past': inverted.length }),
      states: { closed: placed.length - inverted.length },
      coarsePoints: 0,
    }
  },
}

// MM/DD/YYYY hh:mm:ss AM as a day that sorts.
function day(text: string): string {
  const [month, date, year] = text.slice(0, 10).split('/')
  return `${year}-${month}-${date}`
}

function countBy(requests: readonly Request[], key: (r: Request) => string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const request of requests) counts[key(request)] = (counts[key(request)] ?? 0) + 1
  return counts
}

function withoutNone(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, n]) => n > 0))
}
