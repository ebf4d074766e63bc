package io.tillpost.recovery;

import io.tillpost.message.MoneySum;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a frozen list is about, as it was previewed. It never changes: who approves the operation
 * approves this.
 *
 * @param messages how many are on the list
 * @param toSend how many of them are to be dispatched; the others are skipped
 * @param canary how many of those go first
 * @param stores in how many stores, of those to be dispatched
 * @param money behind those to be dispatched
 * @param targets how many are to be dispatched to which target, by its name; messages without one
 *     under {@code -}
 * @param skipped how many are skipped for which reason, in words
 * @param listHash names the list: messages and attempts, and nothing else, give the same hash;
 *     corrected contents count too
 * @param succeeded how many of those to be dispatched the target has already; null where that was
 *     not counted
 * @param earlier what is said of earlier messages that have failed; null where there are none
 * @param superseded what goes although a newer message makes it needless; null where nothing does
 * @param byStore what is of which store, the greatest first, up to {@link #MOST_STORES}; empty
 *     where that was not added up
 * @param exceptions the fingerprints of exceptions of which a message is to be dispatched, those
 *     with the most first, up to {@link #MOST_EXCEPTIONS}; empty where the whole list is of one
 *     exception ({@link OperationScope#fingerprint}), and where that was not added up
 */
public record OperationSummary(
    int messages,
    int toSend,
    int canary,
    int stores,
    MoneySum money,
    SortedMap<String, Integer> targets,
    SortedMap<String, Integer> skipped,
    String listHash,
    @Nullable Integer succeeded,
    @Nullable EarlierFailed earlier,
    @Nullable SupersededSent superseded,
    List<StoreShare> byStore,
    List<String> exceptions) {
  /** So many exceptions are told, for the same reason as {@link #MOST_STORES}. */
  public static final int MOST_EXCEPTIONS = 200;

  /** So many stores are told by name: the document is read often, and is to stay short. */
  public static final int MOST_STORES = 200;

  /** Stands for the store of messages that name none. */
  public static final String NO_STORE = "-";

  /** The name of a target that no event has said. */
  public static final String NO_TARGET = "-";

  public OperationSummary {
    // In documents of before there is none.
    byStore = byStore == null ? List.of() : List.copyOf(byStore);
    exceptions = exceptions == null ? List.of() : List.copyOf(exceptions);
    targets = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(targets));
    skipped = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(skipped));
  }

  /** A summary of maps in any order. */
  public static OperationSummary of(
      int messages,
      int toSend,
      int canary,
      int stores,
      MoneySum money,
      Map<String, Integer> targets,
      Map<String, Integer> skipped,
      String listHash) {
    return new OperationSummary(
        messages,
        toSend,
        canary,
        stores,
        money,
        new TreeMap<>(targets),
        new TreeMap<>(skipped),
        listHash,
        null,
        null,
        null,
        List.of(),
        List.of());
  }

  /** The same with how many of those to be dispatched the target has already. */
  public OperationSummary withSucceeded(int count) {
    return with(count, earlier, superseded, byStore, exceptions);
  }

  /** The same with what is said of earlier messages that have failed; null for nothing. */
  public OperationSummary withEarlier(@Nullable EarlierFailed failed) {
    return with(succeeded, failed, superseded, byStore, exceptions);
  }

  /** The same with what goes although a newer message makes it needless; null for nothing. */
  public OperationSummary withSuperseded(@Nullable SupersededSent sent) {
    return with(succeeded, earlier, sent, byStore, exceptions);
  }

  /** The same with what is of which store, in any order; those beyond the greatest are dropped. */
  public OperationSummary withStores(Collection<StoreShare> shares) {
    return with(
        succeeded,
        earlier,
        superseded,
        shares.stream().sorted(StoreShare.GREATEST_FIRST).limit(MOST_STORES).toList(),
        exceptions);
  }

  /** The same with how many are to be dispatched of which exception; the smallest are dropped. */
  public OperationSummary withExceptions(Map<String, Integer> messagesOf) {
    return with(
        succeeded,
        earlier,
        superseded,
        byStore,
        messagesOf.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MOST_EXCEPTIONS)
            .map(Map.Entry::getKey)
            .toList());
  }

  private OperationSummary with(
      @Nullable Integer count,
      @Nullable EarlierFailed failed,
      @Nullable SupersededSent sent,
      List<StoreShare> shares,
      List<String> newExceptions) {
    return new OperationSummary(
        messages,
        toSend,
        canary,
        stores,
        money,
        targets,
        skipped,
        listHash,
        count,
        failed,
        sent,
        shares,
        newExceptions);
  }
}
