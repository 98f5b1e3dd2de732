import type { Command } from 'commander'
import { examples, textOf, type Building } from '../command-line.ts'
import type { KeygenOptions, SignOptions, VerifyOptions } from './trust.ts'

export function addTrust(group: Command, building: Building): void {
  addKeygen(group, building)
  addSign(group, building)
  addVerify(group, building)
}

function addKeygen(group: Command, { desk, run }: Building): void {
  group
    .command('keygen')
    .summary('make a key to sign bundles with')
    .description(
      'Make an Ed25519 key: a secret half to sign with, and a half (.pub) that verifies. Both are PEM.',
    )
    .requiredOption(
      '-o, --output <file>',
      'where the secret half goes; never over a file that is there',
      textOf,
    )
    .addHelpText('after', examples([['A key, and its .pub', 'writ policy keygen -o policy.key']]))
    .action((options: KeygenOptions) =>
      run(async () => (await import('./trust.ts')).makeKey(options, desk)),
    )
}

function addSign(group: Command, { desk, run }: Building): void {
  group
    .command('sign')
    .summary('sign a bundle')
    .description(
      `Sign what a bundle holds, with an Ed25519 key. The signature lies in the bundle as .signatures.json, where a stock opa
finds it too.`,
    )
    .argument('<bundle>', 'a bundle.tar.gz, or the folder of a built pack')
    .requiredOption('--key <file>', 'the secret half of the key, as PEM', textOf)
    .option(
      '-o, --output <file>',
      'where the signed bundle goes; by default in place of the other',
      textOf,
    )
    .addHelpText(
      'after',
      examples([
        ['Sign', 'writ policy sign bundle.tar.gz --key policy.key'],
        [
          'A pack',
          'writ policy build --policies my-policies -o bundle/ && writ policy sign bundle/ --key policy.key',
        ],
      ]),
    )
    .action((bundle: string, options: SignOptions) =>
      run(async () => (await import('./trust.ts')).signPolicy(bundle, options, desk)),
    )
}

function addVerify(group: Command, { desk, run }: Building): void {
  group
    .command('verify')
    .summary('find out whether a bundle may be put into force')
    .description(
      `Verify a bundle: that the key signed just these files, that it is not older than the active one, that its modules run
here, and that they have the entrypoints that its manifest names. What is wrong is named.`,
    )
    .argument('<bundle>', 'a bundle.tar.gz, or the folder of a built pack')
    .option('--key <file>', 'the half of the key that verifies, as PEM', textOf)
    .option(
      '--active <bundle>',
      'the bundle in force: one that was signed before it is refused',
      textOf,
    )
    .addHelpText(
      'after',
      `${examples([
        [
          'Who signed it, and whether it runs',
          'writ policy verify bundle.tar.gz --key policy.key.pub',
        ],
        [
          'Before it takes the place of another',
          'writ policy verify new.tar.gz --key policy.key.pub --active bundle.tar.gz',
        ],
        [
          'With a stock opa',
          'opa build -b bundle.tar.gz --verification-key policy.key.pub --signing-alg EdDSA -o verified.tar.gz',
        ],
      ])}
Exit codes: 0 it may be put into force, 2 it is refused, or a mistake in the usage, 3 the machine.
`,
    )
    .action((bundle: string, options: VerifyOptions) =>
      run(async () => (await import('./trust.ts')).verifyPolicy(bundle, options, desk)),
    )
}
