export { canonicalBytes, canonicalText } from './canonical.ts'
export { commitmentOf, digestOf, isDigest } from './digest.ts'
export type { Digest } from './digest.ts'
export {
  entryTypes,
  erased,
  isBodyOf,
  isErased,
  noBody,
  leafSchema,
  readLeaf,
  sealable,
} from './entry.ts'
export type { Body, Draft, Entry, EntryType, Facets, Leaf } from './entry.ts'
export { keyedId, timedId } from './id.ts'
export type { Attempt } from './id.ts'
export { emptyFrontier, appended, isFrontier, rootOf } from './tree/frontier.ts'
export type { Frontier } from './tree/frontier.ts'
export { emptyRoot, leafHashOf, nodeHashOf, sameBytes } from './tree/hash.ts'
export type { Hash } from './tree/hash.ts'
export { isConsistent, isIncluded } from './tree/verify.ts'
export type { Consistency, Inclusion, TreeHead } from './tree/verify.ts'
export { cutTile, maxEntryLength, readBundle, writeBundle } from './tiles/bundle.ts'
export { grown, hashesIn } from './tiles/growth.ts'
export type { Growth, LogFile } from './tiles/growth.ts'
export { readTree } from './tiles/reader.ts'
export type { ReadTile, TreeReader } from './tiles/reader.ts'
export { parseTilePath, tileAt, tilePath, tilesOf, tileWidth } from './tiles/tile.ts'
export type { Tile } from './tiles/tile.ts'
export { readCheckpoint, writeCheckpoint } from './notes/checkpoint.ts'
export type { Checkpoint } from './notes/checkpoint.ts'
export { readAnnouncement, writeAnnouncement } from './notes/announcement.ts'
export type { Announcement, Turning } from './notes/announcement.ts'
export { cosigned } from './notes/cosignature.ts'
export {
  ed25519Signer,
  isSignatureOf,
  readSignerKey,
  readVerifierKey,
  signatureTypes,
  verifierKey,
  writeSignerKey,
  writeVerifierKey,
} from './notes/keys.ts'
export type { SignatureLine, SignatureType, Signer, VerifierKey } from './notes/keys.ts'
export { readNote, signatureCount, signed, verifyNote, writeNote } from './notes/note.ts'
export type { Note, Verified, VerifiedSignature } from './notes/note.ts'
export {
  isReceiptOf,
  takeReceipt,
  verifyReceipt,
  withMember,
  writeReceipt,
} from './notes/receipt.ts'
export type { Receipt } from './notes/receipt.ts'
export { readTrustPolicy } from './notes/policy.ts'
export type { TrustPolicy, Witness } from './notes/policy.ts'
export { readProofFile, writeProofFile } from './notes/proof-file.ts'
export type { ProofFile } from './notes/proof-file.ts'
export { followingPolicy, verifyCheckpoint, verifyProof } from './notes/verify-proof.ts'
export type { Proven, ProvenEntry, TrustedCheckpoint } from './notes/verify-proof.ts'
export { fromBase64, toBase64 } from './notes/text.ts'
export { findHandovers, followKeys, readHandovers, writeHandovers } from './handover.ts'
export type { Handover, ReadLogFile } from './handover.ts'
export { checkLog } from './check-log.ts'
export type { Amiss, WholeLog } from './check-log.ts'
