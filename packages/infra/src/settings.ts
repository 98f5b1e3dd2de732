/** What is not the same for everybody who deploys Writ, read from the environment once. */
export type Settings = {
  readonly region: aws.Region
  /** Who is told of alarms and of the budget. */
  readonly mailTo: string
  /** The tenant whose records this deployment keeps. */
  readonly tenant: string
}

const wanted = {
  WRIT_AWS_REGION: { like: /^[a-z]{2}(-[a-z]+)+-\d$/, example: 'eu-west-1' },
  WRIT_ALARM_EMAIL: { like: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, example: 'platform@example.com' },
  WRIT_TENANT: { like: /^[a-z][a-z0-9-]{0,62}$/, example: 'acme' },
} as const

/** The settings, or one error that names every variable that is missing or wrong, with an example of each. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const mistakes = Object.entries(wanted)
    .filter(([name, { like }]) => !like.test(environment[name] ?? ''))
    .map(
      ([name, { example }]) =>
        `${name} ${environment[name] === undefined ? 'is not set' : `is ${environment[name]}`}; write for example ${name}=${example}`,
    )
  const { WRIT_AWS_REGION: region = '', WRIT_ALARM_EMAIL = '', WRIT_TENANT = '' } = environment
  if (mistakes.length > 0 || !isRegion(region))
    throw new Error(`Writ cannot be deployed like this:\n${mistakes.join('\n')}`)
  return { region, mailTo: WRIT_ALARM_EMAIL, tenant: WRIT_TENANT }
}

/** The list of regions grows; what is not one, AWS refuses. */
function isRegion(text: string): text is aws.Region {
  return wanted.WRIT_AWS_REGION.like.test(text)
}
