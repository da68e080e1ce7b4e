/*
 * Checks a receipt, a checkpoint or an audit bundle where it is: in the reader's browser. Nothing is fetched and nothing is
 * sent. It accepts what the Java verifier accepts, byte for byte; CheckInTheBrowserTest compares the two.
 *
 * Formats: C2SP signed-note, tlog-checkpoint, tlog-proof and tlog-tiles; RFC 9162, 2.1; ledger-core/docs/verify.md, 2 to 6.
 *
 * A file may hold anything. So each size has a limit, what is wrong is a code and a sentence of ours, and no sentence
 * repeats text of a file but what has passed a pattern (names of files, quarters, numbers).
 */

/* ---- limits: those of the formats, and of what a page should take on ---- */

const MAX_KEYS_CHARS = 65_536;
const MAX_NOTE_BYTES = 1_000_000;
const MAX_SIGNATURES = 100;
const MAX_RECEIPT_BYTES = 2_000_000;
const MAX_HASHES = 63;
/** The verifier program takes larger ones; a page has to hold all of it. */
export const MAX_BUNDLE_BYTES = 256 * 1024 * 1024;
/** Each costs two hashes, and its place in memory. */
const MAX_ENTRIES = 1_000_000;
const MAX_PARTS = 65_534;
const MAX_NAME_BYTES = 100;
const MAX_HEAD_BYTES = 65_536;
const MAX_ENTRY_BYTES = 65_535;
const MAX_FILE_BYTES = 32 * 1024 * 1024;
const MAX_DEPTH = 20;
const MAX_BREAKS = 20;
/** Each entry has a hash in a tile, and a line; no other line is shorter than the two. */
const MIN_BYTES_OF_ENTRY = 35;
const MAX_LONG = (1n << 63n) - 1n;
/** Hashes that are under way at the same time. */
const BATCH = 1024;

const HASH_BYTES = 32;
const KEY_ID_BYTES = 4;
const SIGNATURE_BYTES = 64;
const PUBLIC_KEY_BYTES = 32;
const ED25519 = 1;
const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;
const LINES_OF_PART = 16 * TILE_WIDTH;

const RECEIPT_VERSION = 'c2sp.org/tlog-proof@v1';
const BUNDLE_FORMAT = 'pupil-ledger-bundle/1';
const ENTRY_VERSION = 'pupil-ledger/1';
export const RULES = ['edition/1', 'edition/2', 'edition/3'];
export const PROFILE = 'EXACT';
const ENTRY_MEMBERS = ['aggregateId', 'aggregateType', 'eventId', 'metadataDigest', 'payload', 'recordedAt', 'rev',
  'sequence', 'type', 'v'];
const HEAD_MEMBERS = ['edition', 'entries', 'format', 'origin', 'position', 'revision', 'rules', 'variant'];

const OF_TYPE = {
  'agreement': 'amended annulled corrected ended listed registered resumed suspended unlisted',
  'coverage': 'declared proposal-dropped proposed withdrawal-proposed withdrawn',
  'edition': 'previewed released rescheduled revised revision-previewed scheduled',
  'ledger': 'key-introduced key-retired opened',
  'matching-request': 'annulled closed corrected decided destroyed disclosed disclosed-further matched override-recorded'
    + ' received reference-added reference-refused withdrawn',
  'organisation': 'change-proposed changed registered',
  'period-total': 'annulled corrected recorded',
  'statement': 'annulled corrected made recipients-told',
};
/** The types of events.md, in order. */
export const EVENT_TYPES = Object.entries(OF_TYPE)
  .flatMap(([of, what]) => what.split(' ').map((one) => `${of}.${one}`));
const KNOWN_TYPES = new Set(EVENT_TYPES);

const PROGRAM = 'ledger-verifier.jar';

/** What became of a file. UNCHECKED says nothing about it: the key, or what is needed to check, is missing. */
export const STATE = { VALID: 'VALID', WRONG: 'WRONG', UNCHECKED: 'UNCHECKED' };

/** A file is not what it should be; the only thing that is thrown here on purpose, and caught by check(). */
class Wrong extends Error {
  constructor(code, sentence, more = []) {
    super(sentence);
    this.code = code;
    this.sentences = [sentence, ...more];
  }
}

/** Nothing can be said about the file. */
class Unchecked extends Error {
  constructor(code, sentence) {
    super(sentence);
    this.code = code;
  }
}

/* ---- spelling: each value in one way only ---- */

const UTF8 = new TextEncoder();
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** Text of well-formed UTF-8, a byte order mark kept as it is; null for other bytes. */
function textOf(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Bytes of canonical base64 with padding (RFC 4648, 3.5 and 4); null for other text. */
function fromBase64(text) {
  try {
    const octets = atob(text);
    // atob forgives spaces, missing padding and stray bits
    return btoa(octets) === text ? Uint8Array.from(octets, (octet) => octet.charCodeAt(0)) : null;
  } catch {
    return null;
  }
}

function toBase64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function hashFrom(base64) {
  const bytes = fromBase64(base64);
  return bytes !== null && bytes.length === HASH_BYTES ? bytes : null;
}

/** A number of ASCII digits without leading zeros that fits 63 bits, as a BigInt; null for other text. */
function numberFrom(decimal) {
  if (!/^(?:0|[1-9][0-9]{0,18})$/.test(decimal)) {
    return null;
  }
  const number = BigInt(decimal);
  return number <= MAX_LONG ? number : null;
}

function isText(text) {
  return text.endsWith('\n') && !/[\u0000-\u0009\u000b-\u001f]/.test(text);
}

/** A line without Unicode spaces and without a plus. */
function isName(name) {
  return name !== '' && !/[\u0000-\u001f\u0085+\p{Zs}\p{Zl}\p{Zp}]/u.test(name) && isUnicode(name);
}

/** Lone surrogates cannot be encoded. */
function isUnicode(text) {
  return !/\p{Cs}/u.test(text);
}

function areEqual(a, b) {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function concat(...parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function idOf(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
}

/* ---- hashes: RFC 9162, 2.1.1 ---- */

async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function leafHash(entry) {
  return sha256(concat([0], entry));
}

function nodeHash(left, right) {
  return sha256(concat([1], left, right));
}

/** In batches, so that a large file does not put all its hashes into memory at once. */
async function mapAll(count, one) {
  const all = new Array(count);
  for (let from = 0; from < count; from += BATCH) {
    const to = Math.min(count, from + BATCH);
    const some = await Promise.all(Array.from({ length: to - from }, (_, i) => one(from + i)));
    some.forEach((value, i) => { all[from + i] = value; });
  }
  return all;
}

/**
 * The tree over leaf hashes, level by level: on level h the roots of 2^h leaves each, behind them the rest that a last node
 * without a sibling carries up. The last level has the root alone.
 */
async function treeOf(hashes) {
  const levels = [hashes];
  while (levels.at(-1).length > 1) {
    const below = levels.at(-1);
    const pairs = Math.floor(below.length / 2);
    const level = await mapAll(pairs, (i) => nodeHash(below[2 * i], below[2 * i + 1]));
    if (below.length % 2 === 1) {
      level.push(below.at(-1));
    }
    levels.push(level);
  }
  return levels;
}

async function rootOf(hashes) {
  return hashes.length === 0 ? sha256(new Uint8Array(0)) : (await treeOf(hashes)).at(-1)[0];
}

/** RFC 9162, 2.1.3.2; index and size as BigInt. */
async function isIncluded(leaf, index, size, path, root) {
  if (index >= size) {
    return false;
  }
  let hash = leaf;
  let node = index;
  let last = size - 1n;
  for (const sibling of path) {
    if (last === 0n) {
      return false;
    }
    if ((node & 1n) === 1n || node === last) {
      hash = await nodeHash(sibling, hash);
      // a last node without a sibling has moved up as it is
      while ((node & 1n) === 0n && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      hash = await nodeHash(hash, sibling);
    }
    node >>= 1n;
    last >>= 1n;
  }
  return last === 0n && areEqual(hash, root);
}

/* ---- keys: C2SP signed-note, verifier keys ---- */

const P = (1n << 255n) - 19n;

/** The points of order 1, 2, 4 and 8, less the sign bit: for these anybody can sign. */
const KEYS_OF_NOBODY = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
]);

function power(base, exponent) {
  let result = 1n;
  for (let square = base % P, rest = exponent; rest > 0n; rest >>= 1n, square = square * square % P) {
    if ((rest & 1n) === 1n) {
      result = result * square % P;
    }
  }
  return result;
}

const D = (P - 121665n) * power(121666n, P - 2n) % P;

/** Whether bytes are a point of the curve (RFC 8032, 5.1.3): browsers import what is none, and find out or not. */
function isPoint(publicKey) {
  const unsigned = publicKey.slice();
  unsigned[PUBLIC_KEY_BYTES - 1] &= 0x7f;
  if (KEYS_OF_NOBODY.has(toHex(unsigned))) {
    return false;
  }
  const y = BigInt(`0x${toHex(unsigned.reverse())}`);
  if (y >= P) {
    return false;
  }
  const u = (y * y + P - 1n) % P;
  const v = (D * y * y + 1n) % P;
  const square = u * power(v, P - 2n) % P;
  // Euler: a square or not; x = 0 belongs to a key of nobody
  return square !== 0n && power(square, (P - 1n) / 2n) === 1n;
}

/** Reads a verifier key, name+id+base64, spelt canonically; null for any other text. */
export async function parseKey(text) {
  const first = text.indexOf('+');
  const second = text.indexOf('+', first + 1);
  if (first < 0 || second < 0) {
    return null;
  }
  const name = text.slice(0, first);
  const typed = fromBase64(text.slice(second + 1));
  if (!isName(name) || typed === null || typed.length !== 1 + PUBLIC_KEY_BYTES || typed[0] !== ED25519) {
    return null;
  }
  const publicKey = typed.slice(1);
  const id = idOf(await sha256(concat(UTF8.encode(`${name}\n`), typed)));
  const shown = id.toString(16).padStart(2 * KEY_ID_BYTES, '0');
  if (text.slice(first + 1, second) !== shown || !isPoint(publicKey)) {
    return null;
  }
  return { name, id, shown: `${name}+${shown}`, publicKey, text };
}

/** The log to believe in: the first key's name is its origin. Throws where two keys cannot be told apart. */
function pin(keys, origin = keys[0].name) {
  const byName = new Map();
  for (const key of keys) {
    const other = byName.get(key.shown);
    if (other !== undefined && !areEqual(other.publicKey, key.publicKey)) {
      throw new Unchecked('KEYS_ALIKE', 'Two of the keys have the same name and id and cannot be told apart.');
    }
    byName.set(key.shown, key);
  }
  return { origin, byName };
}

function linesOfKeys(text) {
  return text.split(/\r\n|\n|\r/).map((line) => line.trim()).filter((line) => line !== '');
}

/** What a reader typed: one key on a line. */
async function pinnedBy(keysText) {
  if (keysText.length > MAX_KEYS_CHARS) {
    throw new Unchecked('KEY_TOO_LONG', 'The keys are longer than any keys of a log.');
  }
  const lines = linesOfKeys(keysText);
  if (lines.length === 0) {
    throw new Unchecked('NO_KEY', 'Give the key of the log first: without one nobody can vouch for the file.');
  }
  const keys = [];
  for (const [i, line] of lines.entries()) {
    const key = await parseKey(line);
    if (key === null) {
      throw new Unchecked('NO_SUCH_KEY', `Line ${i + 1} of the keys is no verifier key: a name, eight digits and the key,`
        + ' joined by plus signs. Was it copied whole?');
    }
    keys.push(key);
  }
  return pin(keys);
}

async function verifies(key, text, signature) {
  if (signature.length !== SIGNATURE_BYTES) {
    return false;
  }
  key.handle ??= await crypto.subtle.importKey('raw', key.publicKey, { name: 'Ed25519' }, false, ['verify']);
  try {
    return await crypto.subtle.verify({ name: 'Ed25519' }, key.handle, signature, UTF8.encode(text));
  } catch {
    return false;
  }
}

/* ---- notes and checkpoints: C2SP signed-note and tlog-checkpoint ---- */

/** Takes a note apart at its last blank line; null where the bytes are no note. Nothing is verified. */
export function parseNote(bytes) {
  const note = bytes.length > MAX_NOTE_BYTES ? null : textOf(bytes);
  const split = note === null ? -1 : note.lastIndexOf('\n\n');
  if (split < 0 || !isText(note) || split + 2 === note.length) {
    return null;
  }
  const lines = note.slice(split + 2, -1).split('\n');
  const signatures = lines.length > MAX_SIGNATURES ? [null] : lines.map(signatureIn);
  return signatures.includes(null) ? null : { text: note.slice(0, split + 1), signatures };
}

function signatureIn(line) {
  const dash = '\u2014 ';
  const space = line.indexOf(' ', dash.length);
  if (!line.startsWith(dash) || space < 0) {
    return null;
  }
  const name = line.slice(dash.length, space);
  const signed = fromBase64(line.slice(space + 1));
  if (!isName(name) || signed === null || signed.length <= KEY_ID_BYTES) {
    return null;
  }
  const shown = `${name}+${idOf(signed).toString(16).padStart(2 * KEY_ID_BYTES, '0')}`;
  return { shown, signature: signed.slice(KEY_ID_BYTES) };
}

/** What the text of a note says; null where that is no checkpoint. */
export function parseCheckpoint(text) {
  const lines = isText(text) ? text.slice(0, -1).split('\n') : [];
  if (lines.length < 3 || lines.includes('')) {
    return null;
  }
  const size = numberFrom(lines[1]);
  const root = hashFrom(lines[2]);
  return size === null || root === null ? null : { origin: lines[0], size, root };
}

/**
 * Opens a signed checkpoint: at least one pinned key signed it, and no signature in the name of a pinned key is bad,
 * wherever it stands. Signatures of other keys are passed over.
 *
 * @return the checkpoint, and which keys vouch for it
 */
async function open(bytes, pinned, what) {
  const note = parseNote(bytes);
  const checkpoint = note === null ? null : parseCheckpoint(note.text);
  if (checkpoint === null) {
    throw new Wrong('NO_CHECKPOINT', `${what} is malformed: ${note === null ? 'it is no signed note.'
      : 'what is signed is no checkpoint.'}`);
  }
  if (checkpoint.origin !== pinned.origin) {
    throw new Wrong('OTHER_ORIGIN', `${what} is from another log: its first line is not the name of the key that you gave.`);
  }
  const vouching = new Set();
  for (const [i, { shown, signature }] of note.signatures.entries()) {
    const key = pinned.byName.get(shown);
    if (key === undefined) {
      continue;
    }
    if (!await verifies(key, note.text, signature)) {
      throw new Wrong('BAD_SIGNATURE', `${what} has a bad signature: signature line ${i + 1} is in the name of a key that you`
        + ' gave, and that key did not sign this. The text, or the signature, was changed.');
    }
    vouching.add(key.shown);
  }
  if (vouching.size === 0) {
    throw new Wrong('UNSIGNED', `${what} is not signed by a key that you gave. If the log changed its key, give the other`
      + ' key too, on a line of its own.');
  }
  return { ...checkpoint, vouching: [...vouching] };
}

function vouchedBy({ vouching }) {
  return `Vouched for by the key ${vouching.join(' and the key ')}.`;
}

const NOT_COMPARED = 'That the log shows the same entries to everybody: compare the checkpoint with what others hold.';
const NOT_TRUE = 'That all that happened was recorded, or that what was recorded is true.';

async function checkCheckpoint(bytes, pinned) {
  if (bytes.length > MAX_NOTE_BYTES) {
    throw new Wrong('TOO_LONG', 'The file is longer than any checkpoint.');
  }
  if (parseNote(bytes) === null) {
    throw new Wrong('NO_CHECKPOINT', 'The file is no receipt, no checkpoint and no bundle, or it was changed so much that it can'
      + ' no longer be told.');
  }
  const checkpoint = await open(bytes, pinned, 'The checkpoint');
  return {
    title: `Valid: a checkpoint of ${checkpoint.size} entries`,
    proved: [
      `The log signed that it has ${checkpoint.size} entries, and one hash over all of them.`,
      vouchedBy(checkpoint),
    ],
    notProved: ['What the entries are: a receipt shows one of them, a bundle those of an edition.', NOT_COMPARED],
  };
}

/* ---- receipts: C2SP tlog-proof, the extra data of which is the entry ---- */

function startsWith(bytes, text) {
  return bytes.length >= text.length && areEqual(bytes.subarray(0, text.length), UTF8.encode(text));
}

function blankLine(bytes) {
  for (let i = bytes.indexOf(10); i >= 0; i = bytes.indexOf(10, i + 1)) {
    if (bytes[i + 1] === 10) {
      return i;
    }
  }
  return -1;
}

/** Takes a receipt apart; null for any other bytes. Nothing is verified. */
export function parseReceipt(bytes) {
  const blank = bytes.length > MAX_RECEIPT_BYTES ? -1 : blankLine(bytes);
  if (blank < 0 || bytes.length - blank - 2 > MAX_NOTE_BYTES) {
    return null;
  }
  // all of it is ASCII: what is not, equals none of what is expected
  const lines = lenient.decode(bytes.subarray(0, blank)).split('\n');
  if (lines.shift() !== RECEIPT_VERSION) {
    return null;
  }
  let entry = null;
  if (lines[0]?.startsWith('extra ')) {
    entry = fromBase64(lines.shift().slice('extra '.length));
    if (entry === null) {
      return null;
    }
  }
  const line = lines.shift();
  const index = line?.startsWith('index ') ? numberFrom(line.slice('index '.length)) : null;
  if (index === null || lines.length > MAX_HASHES) {
    return null;
  }
  const hashes = lines.map(hashFrom);
  return hashes.includes(null) ? null : { entry, index, hashes, checkpoint: bytes.subarray(blank + 2) };
}

async function checkReceipt(bytes, pinned) {
  if (bytes.length > MAX_RECEIPT_BYTES) {
    throw new Wrong('TOO_LONG', 'The file is longer than any receipt.');
  }
  const receipt = parseReceipt(bytes);
  if (receipt === null) {
    throw new Wrong('NO_RECEIPT', 'The receipt is malformed: it is no tlog-proof.');
  }
  const what = `The receipt for position ${receipt.index}`;
  if (receipt.entry === null) {
    throw new Wrong('NO_ENTRY', `${what} is malformed: it holds no entry.`);
  }
  const checkpoint = await open(receipt.checkpoint, pinned, `The checkpoint in the receipt for position ${receipt.index}`);
  const leaf = await leafHash(receipt.entry);
  if (!await isIncluded(leaf, receipt.index, checkpoint.size, receipt.hashes, checkpoint.root)) {
    throw new Wrong('NOT_INCLUDED', `${what} fails on inclusion: the entry in it is not at that position in the tree that was`
      + ' signed. The entry, the position or the hashes were changed.');
  }
  const entry = readEntry(receipt.entry);
  return {
    title: `Valid: entry ${receipt.index} of a log of ${checkpoint.size} entries`,
    proved: [
      `The entry in the receipt is in the log, at position ${receipt.index} (the first is 0).`,
      vouchedBy(checkpoint),
      entry === null ? 'The entry is none that this page can read.'
        : `It is of type ${entry.type}, recorded${isTime(entry.recordedAt) ? ` at ${entry.recordedAt} by the ledger's clock` : ''}.`,
    ],
    notProved: ['That nothing was recorded after it that corrects it.', NOT_TRUE, NOT_COMPARED],
    entry: entry === null ? null : textOf(receipt.entry),
  };
}

/* ---- canonical JSON: RFC 8785 with whole numbers ---- */

/** The value of canonical JSON; undefined for other bytes. */
function readCanonical(bytes) {
  const text = textOf(bytes);
  if (text === null) {
    return undefined;
  }
  try {
    const value = JSON.parse(text);
    // who writes it again finds double members, spaces, other orders and other spellings
    return canonical(value, 0) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

function canonical(value, depth) {
  if (typeof value === 'string' && isUnicode(value)) {
    return JSON.stringify(value);
  }
  if (value === null || typeof value === 'boolean' || Number.isSafeInteger(value)) {
    return String(value);
  }
  if (typeof value !== 'object' || depth === MAX_DEPTH) {
    throw new RangeError('not canonical');
  }
  if (Array.isArray(value)) {
    return `[${value.map((one) => canonical(one, depth + 1)).join(',')}]`;
  }
  const members = Object.keys(value).sort().map((name) => `${canonical(name, 0)}:${canonical(value[name], depth + 1)}`);
  return `{${members.join(',')}}`;
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasMembers(value, names) {
  return isObject(value) && Object.keys(value).sort().join() === names.join();
}

function isCount(value) {
  return Number.isSafeInteger(value) && value >= 0;
}

function isTime(text) {
  return /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,18}Z$/.test(text);
}

/** The frame of an entry, and its payload; null where it is none that this version can read. */
function readEntry(bytes) {
  const entry = bytes.length > MAX_ENTRY_BYTES ? undefined : readCanonical(bytes);
  if (!hasMembers(entry, ENTRY_MEMBERS) || entry.v !== ENTRY_VERSION || !KNOWN_TYPES.has(entry.type)) {
    return null;
  }
  const texts = [entry.aggregateId, entry.aggregateType, entry.eventId, entry.metadataDigest, entry.recordedAt];
  const isPlain = texts.every((text) => typeof text === 'string' && /^[ !#-[\]-\x7f]*$/.test(text));
  const isNumbered = (entry.rev === 1 || entry.rev === 2) && isCount(entry.sequence);
  return isPlain && isNumbered && isObject(entry.payload) ? entry : null;
}

/* ---- bundles: verify.md, 2. The ZIP file ---- */

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let crc = n;
  for (let bit = 0; bit < 8; bit++) {
    crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  }
  return crc;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) {
    crc = CRC[(crc ^ bytes[i]) & 0xff] ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

const LOCAL_BYTES = 30;
const DIRECTORY_BYTES = 46;
const END_BYTES = 22;
const OTHER_HEADERS = 'The headers, the directory or the end of the ZIP file are not those of its parts: another reader may find'
  + ' other files in it, or it was packed again.';

function littleEndian(...fields) {
  return new Uint8Array(fields.flatMap(([value, bytes]) =>
    Array.from({ length: bytes }, (_, i) => Math.floor(value / 2 ** (8 * i)) & 0xff)));
}

/** What stands around the parts follows from them, byte for byte. */
function commonFields(crc, size, nameBytes) {
  return [[0x0800, 2], [0, 2], [0, 2], [0x0041, 2], [crc, 4], [size, 4], [size, 4], [nameBytes, 2]];
}

/** The parts by name, in their order. Throws where another reader could find other files. */
function partsOf(file) {
  const at = (offset) => new DataView(file.buffer, file.byteOffset + offset);
  const notWhole = () => new Wrong('NOT_WHOLE', 'The bundle is no ZIP file, or not a whole one.');
  const end = file.length - END_BYTES;
  if (end < 0 || at(end).getUint32(0, true) !== 0x06054b50) {
    throw notWhole();
  }
  const count = at(end).getUint16(10, true);
  const bytes = at(end).getUint32(12, true);
  const directory = at(end).getUint32(16, true);
  if (count > MAX_PARTS) {
    throw new Unchecked('TOO_LARGE', `The bundle has more parts than this page reads: use ${PROGRAM}.`);
  }
  if (directory + bytes !== end) {
    throw notWhole();
  }
  const expectedEnd = littleEndian([0x06054b50, 4], [0, 4], [count, 2], [count, 2], [bytes, 4], [directory, 4], [0, 2]);
  if (!areEqual(file.subarray(end), expectedEnd)) {
    throw new Wrong('OTHER_HEADERS', OTHER_HEADERS);
  }
  const parts = new Map();
  let record = directory;
  let next = 0;
  for (let i = 0; i < count; i++) {
    if (record + DIRECTORY_BYTES > end || at(record).getUint32(0, true) !== 0x02014b50) {
      throw notWhole();
    }
    if (at(record).getUint16(10, true) !== 0 || (at(record).getUint16(8, true) & 1) !== 0) {
      throw new Wrong('COMPRESSED', 'The parts of the bundle are compressed or encrypted, which those of a bundle never are:'
        + ' give the file as it was written, not packed again.');
    }
    const crc = at(record).getUint32(16, true);
    const size = at(record).getUint32(24, true);
    const nameBytes = at(record).getUint16(28, true);
    const content = next + LOCAL_BYTES + nameBytes;
    if (nameBytes > MAX_NAME_BYTES || record + DIRECTORY_BYTES + nameBytes > end || content + size > directory) {
      throw notWhole();
    }
    const name = file.subarray(record + DIRECTORY_BYTES, record + DIRECTORY_BYTES + nameBytes);
    const common = commonFields(crc, size, nameBytes);
    const inDirectory = littleEndian([0x02014b50, 4], [10, 2], [10, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 2], [0, 4],
      [next, 4]);
    const header = littleEndian([0x04034b50, 4], [10, 2], ...common, [0, 2]);
    const text = textOf(name);
    if (text === null
        || !areEqual(file.subarray(record, record + DIRECTORY_BYTES), inDirectory)
        || !areEqual(file.subarray(next, content), concat(header, name))) {
      throw new Wrong('OTHER_HEADERS', OTHER_HEADERS);
    }
    if (parts.has(text)) {
      throw new Wrong('REPEATED', 'The bundle has a part more than once.');
    }
    const part = file.subarray(content, content + size);
    if (crc32(part) !== crc) {
      throw new Wrong('OTHER_CONTENT', 'A part of the ZIP file is not that of its CRC-32: it was changed, or damaged on its way.');
    }
    parts.set(text, part);
    next = content + size;
    record += DIRECTORY_BYTES + nameBytes;
  }
  if (next !== directory || record !== end) {
    throw new Wrong('UNNAMED', 'The ZIP file holds bytes that its directory does not name.');
  }
  return parts;
}

/* ---- bundles: which parts there are ---- */

function numberPath(number) {
  let path = String(number % 1000).padStart(3, '0');
  for (let rest = Math.floor(number / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`;
  }
  return path;
}

/** All tiles of a tree, level by level, from left to right. */
function tilesOf(size) {
  const tiles = [];
  for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / TILE_WIDTH)) {
    for (let first = 0; first < hashes; first += TILE_WIDTH) {
      const width = Math.min(TILE_WIDTH, hashes - first);
      const path = `tile/${level}/${numberPath(first / TILE_WIDTH)}`;
      tiles.push({ level, first, width, name: width === TILE_WIDTH ? path : `${path}.p/${width}` });
    }
  }
  return tiles;
}

function entryFiles(size) {
  return Array.from({ length: Math.ceil(size / LINES_OF_PART) }, (_, i) => `entries/${String(i).padStart(3, '0')}.jsonl`);
}

/** The parts before those of the edition must be exactly these, in this order. */
function checkNames(parts, size) {
  const expected = ['README.txt', 'bundle.json', 'checkpoint', 'key', ...tilesOf(size).map((tile) => tile.name),
    ...entryFiles(size)];
  const missing = expected.filter((name) => !parts.has(name));
  if (missing.length > 0) {
    throw new Wrong('MISSING', `The bundle has no ${missing[0]}.`,
      missing.slice(1, MAX_BREAKS).map((name) => `The bundle has no ${name}.`));
  }
  const there = [...parts.keys()];
  const known = new Set(expected);
  if (there.some((name) => !known.has(name) && !name.startsWith('edition/'))) {
    throw new Wrong('INSERTED', 'The bundle has a part that does not belong to it.');
  }
  const elsewhere = expected.find((name, i) => there[i] !== name);
  if (elsewhere !== undefined) {
    throw new Wrong('REORDERED', `The parts of the bundle are not in their order: ${elsewhere} stands elsewhere.`);
  }
}

function readHead(bytes) {
  const head = bytes === undefined || bytes.length > MAX_HEAD_BYTES ? undefined : readCanonical(bytes);
  const isHead = hasMembers(head, HEAD_MEMBERS)
    && head.format === BUNDLE_FORMAT
    && typeof head.edition === 'string' && isQuarter(head.edition)
    && typeof head.origin === 'string' && typeof head.rules === 'string'
    && Number.isSafeInteger(head.entries) && Number.isSafeInteger(head.position)
    && isCount(head.revision) && (head.variant === 'AUDIT' || head.variant === 'PUBLIC');
  if (!isHead) {
    throw new Wrong('OTHER_HEAD', `bundle.json is missing, or not of the format ${BUNDLE_FORMAT}, which is the one that this page`
      + ' knows.');
  }
  return head;
}

function isQuarter(text) {
  return /^(?:19[789][0-9]|[2-9][0-9]{3})-Q[1-4]$/.test(text);
}

/** The keys in a bundle prove nothing about whose it is, but they must be those that signed it. */
async function checkOwnKeys(parts, checkpoint) {
  const lines = parts.get('key').length > MAX_HEAD_BYTES ? [] : lenient.decode(parts.get('key')).split(/\r\n|\n|\r/);
  const keys = (await Promise.all(lines.map(parseKey))).filter((key) => key !== null);
  try {
    await open(parts.get('checkpoint'), pin(keys, checkpoint.origin), '');
  } catch (e) {
    if (e instanceof Wrong || e instanceof Unchecked) {
      throw new Wrong('OTHER_KEYS', "The keys in the bundle's file key are not those that signed its checkpoint.");
    }
    throw e;
  }
}

/* ---- bundles: the tree (verify.md, 4) and the entries (5) ---- */

/** The lines of a file of entries; a hidden entry is null. */
function linesOf(bytes, count, name) {
  const wrong = () => new Wrong('NOT_ENTRIES', `${name} does not hold ${count} entries, each on a line.`);
  const lines = [];
  let from = 0;
  while (from < bytes.length) {
    const to = bytes.indexOf(10, from);
    if (to < 0 || lines.length === count) {
      throw wrong();
    }
    const line = bytes.subarray(from, to);
    if (line.length > MAX_ENTRY_BYTES) {
      throw wrong();
    }
    lines.push(line.length === 4 && startsWith(line, 'null') ? null : line);
    from = to + 1;
  }
  if (lines.length !== count) {
    throw wrong();
  }
  return lines;
}

function entriesOf(parts, size) {
  return entryFiles(size).flatMap((name, i) =>
    linesOf(parts.get(name), Math.min(LINES_OF_PART, size - i * LINES_OF_PART), name));
}

/** @return the leaf hashes, which are those of the tree that was signed */
async function checkTree(parts, entries, root) {
  const size = entries.length;
  const tiles = tilesOf(size);
  for (const { name, width } of tiles) {
    if (parts.get(name).length !== width * HASH_BYTES) {
      throw new Wrong('OTHER_TILE', `${name} does not hold ${width} hashes.`);
    }
  }
  const ofLeaves = tiles.filter((tile) => tile.level === 0);
  const told = (tile, i) => parts.get(tile.name).subarray((i - tile.first) * HASH_BYTES, (i - tile.first + 1) * HASH_BYTES);
  const inTile = (i) => told(ofLeaves[Math.floor(i / TILE_WIDTH)], i);
  const leaves = await mapAll(size, async (i) => (entries[i] === null ? inTile(i) : leafHash(entries[i])));
  const other = leaves.findIndex((leaf, i) => !areEqual(leaf, inTile(i)));
  if (other >= 0) {
    throw new Wrong('CHANGED', `The entry at position ${other} does not have the hash that the tile of its place gives.`);
  }
  const levels = await treeOf(leaves);
  for (const tile of tiles.filter((one) => one.level > 0)) {
    for (let i = tile.first; i < tile.first + tile.width; i++) {
      if (!areEqual(levels[tile.level * TILE_HEIGHT][i], told(tile, i))) {
        throw new Wrong('OTHER_TILE', `${tile.name} does not follow from the tiles below it.`);
      }
    }
  }
  if (!areEqual(size === 0 ? await rootOf([]) : levels.at(-1)[0], root)) {
    throw new Wrong('OTHER_ROOT', 'The hash over all entries is not the one that was signed: an entry, or a hash in tile/, is not'
      + ' one that the log signed.');
  }
  return leaves;
}

function readEntries(entries, isComplete) {
  return entries.map((bytes, position) => {
    const entry = bytes === null ? null : readEntry(bytes);
    if (bytes === null && isComplete) {
      throw new Wrong('MISSING', `The entry of position ${position} is missing: an audit bundle gives all of them.`);
    }
    if (bytes !== null && entry === null) {
      throw new Wrong('UNREADABLE', `The entry at position ${position} is none that this version of the page can read.`);
    }
    return entry;
  });
}

/* ---- bundles: the release and its files (verify.md, 6) ---- */

function isRelease(entry, head) {
  return entry !== null
    && (head.revision === 1 ? entry.type === 'edition.released' && entry.payload.quarter === head.edition
      : entry.type === 'edition.revised' && entry.payload.quarter === head.edition
        && entry.payload.revision === head.revision);
}

function isContent(content) {
  return isObject(content) && isObject(content.checkpoint)
    && isCount(content.position) && isCount(content.checkpoint.size)
    && typeof content.checkpoint.rootHash === 'string' && isDigest(content.figures)
    && Array.isArray(content.files) && content.files.length > 0
    && content.files.every((file) => isObject(file) && typeof file.name === 'string'
      && /^[A-Za-z][A-Za-z0-9.-]{0,99}$/.test(file.name) && isCount(file.size) && isDigest(file.digest));
}

function isDigest(value) {
  return typeof value === 'string' && value.length === 2 * HASH_BYTES && /^[0-9a-f]+$/.test(value);
}

async function checkRelease(entries, leaves, head) {
  const positions = entries.flatMap((entry, position) => (isRelease(entry, head) ? [position] : []));
  const edition = `revision ${head.revision} of the edition ${head.edition}`;
  if (positions.length === 0) {
    throw new Wrong('NOT_RELEASED', `No entry releases ${edition}.`);
  }
  if (positions.length > 1) {
    throw new Wrong('RELEASED_TWICE', `The entry at position ${positions[1]} releases ${edition} a second time.`);
  }
  const released = positions[0];
  const { content } = entries[released].payload;
  const by = `The release at position ${released}`;
  if (!isContent(content)) {
    throw new Wrong('UNREADABLE', `${by} is none that this version of the page can read.`);
  }
  if (!RULES.includes(content.rules) || content.profile !== PROFILE) {
    throw new Wrong('OTHER_RULES', `${by} was made by rules that this version of the page does not know.`);
  }
  if (content.position !== head.position || content.rules !== head.rules) {
    throw new Wrong('OTHER_HEAD', `bundle.json has another position or other rules than the release at position ${released}.`);
  }
  const size = content.checkpoint.size;
  const isRoot = content.position < size && size <= released
    && toBase64(await rootOf(leaves.slice(0, size))) === content.checkpoint.rootHash;
  if (!isRoot) {
    throw new Wrong('OTHER_ROOT', `The tree that the release at position ${released} names is not that of the first ${size}`
      + ' entries.');
  }
  return { released, content };
}

async function checkFiles(parts, content) {
  const files = [...content.files, { name: 'figures.json', digest: content.figures, size: null }];
  const sentences = [];
  for (const file of files) {
    const name = `edition/${file.name}`;
    const bytes = parts.get(name);
    if (bytes === undefined) {
      sentences.push(`${name} is missing.`);
    } else if (bytes.length > MAX_FILE_BYTES
        || (file.size !== null && bytes.length !== file.size)
        || toHex(await sha256(bytes)) !== file.digest) {
      sentences.push(`${name} is not the file that was released.`);
    }
  }
  if (sentences.length > 0) {
    throw new Wrong('OTHER_FILES', sentences[0], sentences.slice(1, MAX_BREAKS));
  }
  const there = [...parts.keys()].filter((name) => name.startsWith('edition/'));
  const expected = files.map((file) => `edition/${file.name}`);
  if (there.some((name) => !expected.includes(name))) {
    throw new Wrong('INSERTED', 'The bundle holds a file in edition/ that the release does not name.');
  }
  if (there.join('\n') !== expected.join('\n')) {
    throw new Wrong('REORDERED', 'The files in edition/ are not in the order in which the release names them.');
  }
  return files.length;
}

async function checkBundle(bytes, pinned) {
  if (bytes.length > MAX_BUNDLE_BYTES) {
    throw new Unchecked('TOO_LARGE', `The bundle is larger than this page reads: use ${PROGRAM}.`);
  }
  const parts = partsOf(bytes);
  const note = parts.get('checkpoint');
  if (note === undefined) {
    throw new Wrong('MISSING', 'The bundle has no checkpoint, so nothing in it is signed.');
  }
  const checkpoint = await open(note, pinned, 'The checkpoint in the bundle');
  if (checkpoint.size > BigInt(Math.floor(bytes.length / MIN_BYTES_OF_ENTRY))) {
    throw new Wrong('TOO_SHORT', 'The bundle says that it holds more than a file of its size can.');
  }
  const size = Number(checkpoint.size);
  if (size > MAX_ENTRIES) {
    throw new Unchecked('TOO_LARGE', `The bundle has more entries than this page reads: use ${PROGRAM}.`);
  }
  checkNames(parts, size);
  const head = readHead(parts.get('bundle.json'));
  if (head.entries !== size || head.origin !== checkpoint.origin) {
    throw new Wrong('OTHER_HEAD', 'bundle.json has another origin or number of entries than the checkpoint.');
  }
  await checkOwnKeys(parts, checkpoint);
  const lines = entriesOf(parts, size);
  const leaves = await checkTree(parts, lines, checkpoint.root);
  const entries = readEntries(lines, head.variant === 'AUDIT');
  const { released, content } = await checkRelease(entries, leaves, head);
  const files = await checkFiles(parts, content);
  const hidden = lines.filter((line) => line === null).length;
  return {
    title: `Valid: a bundle of the edition ${head.edition}, revision ${head.revision}`,
    proved: [
      `The log signed ${size} entries; the ${size - hidden} that the bundle gives are among them, unchanged and in their places`
        + `${hidden === 0 ? '.' : `, and the other ${hidden} are given as hashes.`}`,
      vouchedBy(checkpoint),
      `The entry at position ${released} released the edition, and all ${files} files in edition/ are, byte for byte, those that`
        + ' it names.',
      'The ZIP file holds these parts and nothing else.',
    ],
    notProved: [
      `That the figures in the tables follow from the entries: ${PROGRAM} counts them again.`,
      ...(hidden === 0 ? [] : ['What the entries say of which only the hash is given: a bundle of a later edition gives more.']),
      'What README.txt says: it was not compared.',
      NOT_TRUE,
      NOT_COMPARED,
    ],
  };
}

/* ---- all of it ---- */

function kindOf(bytes) {
  // no note has control characters
  if (startsWith(bytes, 'PK\u0003\u0004') || startsWith(bytes, 'PK\u0005\u0006')) {
    return checkBundle;
  }
  return startsWith(bytes, 'c2sp.org/tlog-proof') ? checkReceipt : checkCheckpoint;
}

/**
 * Checks a file. Never throws, whatever the bytes.
 *
 * @param {Uint8Array} bytes    of the file
 * @param {string}     keysText verifier keys, one on a line
 * @return {Promise<{state: string, code: string, title: string, sentences: string[], proved: string[],
 *   notProved: string[], entry: ?string}>} state is one of STATE; code says why, for programs; the rest is for people
 */
export async function check(bytes, keysText) {
  const verdict = { state: STATE.UNCHECKED, code: '', title: '', sentences: [], proved: [], notProved: [], entry: null };
  try {
    if (globalThis.crypto?.subtle === undefined) {
      throw new Unchecked('NO_CRYPTO', 'The browser does not let this page compute hashes, since it came over plain http. Save the'
        + ' page as one file and open that, or use https.');
    }
    const pinned = await pinnedBy(keysText);
    return { ...verdict, state: STATE.VALID, code: 'VALID', ...await kindOf(bytes)(bytes, pinned) };
  } catch (e) {
    if (e instanceof Wrong) {
      return { ...verdict, state: STATE.WRONG, code: e.code, title: 'Not valid', sentences: e.sentences };
    }
    if (e instanceof Unchecked) {
      return { ...verdict, code: e.code, title: 'Not checked', sentences: [e.message] };
    }
    // an import of a key is refused with this where the browser knows the algorithm not at all
    const isUnknown = e?.name === 'NotSupportedError' || e?.name === 'SyntaxError';
    return {
      ...verdict,
      code: isUnknown ? 'NO_ED25519' : 'FAILED',
      title: 'Not checked',
      sentences: [isUnknown ? `This browser does not know Ed25519 signatures: use a newer one, or ${PROGRAM}.`
        : `The browser could not check the file. Try ${PROGRAM}.`],
    };
  }
}

/* ---- the page ---- */

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function list(heading, sentences) {
  const items = element('ul', 'govuk-list govuk-list--bullet', '');
  items.append(...sentences.map((sentence) => element('li', '', sentence)));
  return sentences.length === 0 ? [] : [element('h3', 'govuk-heading-s', heading), items];
}

function show(verdict, place, own) {
  const isOwn = verdict.state === STATE.VALID && own;
  const notProved = isOwn ? ['Whose log it is: the key is the one that this ledger says is its own. Compare it with one'
    + ' that you got elsewhere.', ...verdict.notProved] : verdict.notProved;
  const parts = [
    element('h2', 'govuk-heading-m', verdict.title),
    ...verdict.sentences.map((sentence) => element('p', 'govuk-body', sentence)),
    ...list('What this proves', verdict.proved),
    ...list('What this does not prove', notProved),
  ];
  if (verdict.entry !== null) {
    const details = element('details', 'govuk-details', '');
    const summary = element('summary', 'govuk-details__summary', '');
    summary.append(element('span', 'govuk-details__summary-text', 'The entry, as it was signed'));
    details.append(summary, element('pre', 'govuk-details__text ledger-entry', verdict.entry));
    parts.push(details);
  }
  place.dataset.state = verdict.state;
  place.replaceChildren(...parts);
}

function wire() {
  const [key, file, drop, place, own] = ['key', 'file', 'drop', 'verdict', 'own-key'].map((id) => document.getElementById(id));
  if (key === null || file === null || drop === null || place === null) {
    return;
  }
  let chosen = null;
  let newest = 0;

  const run = async () => {
    if (chosen === null) {
      return;
    }
    newest += 1;
    const mine = newest;
    place.dataset.state = 'CHECKING';
    place.replaceChildren(element('p', 'govuk-body', 'Checking.'));
    let verdict;
    try {
      // read only so much: a file may be of any size
      const bytes = new Uint8Array(await chosen.slice(0, MAX_BUNDLE_BYTES + 1).arrayBuffer());
      verdict = await check(bytes, key.value);
    } catch {
      verdict = { state: STATE.UNCHECKED, title: 'Not checked', sentences: ['The file cannot be read.'], proved: [],
        notProved: [], entry: null };
    }
    if (mine === newest) {
      const told = linesOfKeys(own?.dataset.keys ?? '');
      show(verdict, place, linesOfKeys(key.value).every((line) => told.includes(line)));
    }
  };

  file.addEventListener('change', () => {
    chosen = file.files[0] ?? null;
    run();
  });
  key.addEventListener('change', run);
  own?.addEventListener('click', () => {
    key.value = own.dataset.keys.trim();
    run();
  });
  for (const name of ['dragover', 'drop']) {
    // a file that is dropped beside the area would be opened in place of the page
    window.addEventListener(name, (event) => event.preventDefault());
  }
  drop.addEventListener('dragover', () => drop.classList.add('ledger-drop--over'));
  drop.addEventListener('dragleave', () => drop.classList.remove('ledger-drop--over'));
  drop.addEventListener('drop', (event) => {
    drop.classList.remove('ledger-drop--over');
    chosen = event.dataTransfer?.files[0] ?? null;
    run();
  });
}

if (globalThis.document !== undefined) {
  wire();
}
