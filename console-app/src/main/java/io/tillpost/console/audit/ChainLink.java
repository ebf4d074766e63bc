package io.tillpost.console.audit;

/**
 * Where a record stands in the audit chain.
 *
 * @param sequence its number, from 1, without a gap
 * @param previous hash of the record before; {@link AuditHead#BEFORE_THE_FIRST} for the first
 * @param hash of all of this record with {@code sequence} and {@code previous}: SHA-256 in
 *     hexadecimal of its canonical bytes
 */
record ChainLink(long sequence, String previous, String hash) {}
