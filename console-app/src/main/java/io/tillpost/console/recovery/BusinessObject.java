package io.tillpost.console.recovery;

import io.tillpost.message.BusinessKey;
import io.tillpost.message.Message;
import io.tillpost.store.MessageQuery.BusinessDay;
import io.tillpost.store.SearchWords;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names what a message is about: one till transaction, or one article in one place. Messages about
 * the same one keep their order; never a whole till or store.
 */
public final class BusinessObject {
  private static final int TRANSACTION_PARTS = 5;
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");

  private BusinessObject() {}

  /** The name, the same for messages of one workflow about one thing; empty where it is unknown. */
  public static Optional<String> of(Message message) {
    BusinessKey key = message.businessKey();
    if (key.transactionNumber() != null && key.registerId() != null && key.storeId() != null) {
      return Optional.of(
          String.join(
              "|",
              message.workflow(),
              key.storeId(),
              String.valueOf(key.businessDate()),
              key.registerId(),
              key.transactionNumber().toString()));
    }
    String sku = key.keys().get("sku");
    if (sku == null) {
      return Optional.empty();
    }
    return Optional.of(String.join("|", message.workflow(), sku, place(key)));
  }

  /**
   * How messages about the thing of that name are found: by words, and then by the name itself.
   *
   * @param transaction whether it is a till transaction; else an article in a place
   * @param word that all of them have
   * @param place another one, or null where the place is not known
   * @param day of which they all are; null where the name does not say
   */
  public record Words(
      boolean transaction, String word, @Nullable String place, @Nullable BusinessDay day) {
    /** In words, of another message about it. */
    public String sameThing() {
      return transaction ? "of the same transaction" : "about the same article in the same place";
    }
  }

  /** The words for a name of {@link #of}; empty where it has none that could be looked for. */
  public static Optional<Words> words(String name) {
    String[] parts = name.split("\\|", -1);
    int last = parts.length - 1;
    if (parts.length == TRANSACTION_PARTS && NUMBER.matcher(parts[last]).matches()) {
      String receipt = parts[1] + "-" + parts[last - 1] + "-" + parts[last];
      return SearchWords.whole(receipt).map(word -> new Words(true, word, null, day(parts[2])));
    }
    return last < 2
        ? Optional.empty()
        : SearchWords.whole(String.join("|", Arrays.asList(parts).subList(1, last)))
            .map(sku -> new Words(false, sku, SearchWords.whole(parts[last]).orElse(null), null));
  }

  /** As it stands in the name of a transaction; null where it is no day. */
  private static @Nullable BusinessDay day(String written) {
    if (written.equals(String.valueOf((Object) null))) {
      return new BusinessDay(null);
    }
    try {
      return new BusinessDay(LocalDate.parse(written));
    } catch (DateTimeParseException _) {
      return null;
    }
  }

  /** Where an article is; blank where that is not known. */
  public static String place(BusinessKey key) {
    return key.keys().getOrDefault("location", key.storeId() == null ? "" : key.storeId());
  }
}
