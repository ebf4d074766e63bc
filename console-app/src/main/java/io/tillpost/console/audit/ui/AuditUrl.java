package io.tillpost.console.audit.ui;

import com.vaadin.flow.router.QueryParameters;
import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditQuery;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The filter of the audit view as it stands in its address; what cannot be read there asks for
 * nothing.
 *
 * @param from first day
 * @param to last day
 * @param words of the reason and of what changed
 */
record AuditUrl(
    @Nullable String who,
    @Nullable AuditAction what,
    @Nullable String subject,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    @Nullable String words) {

  static AuditUrl read(QueryParameters url) {
    return new AuditUrl(
        url.getSingleParameter("who").orElse(null),
        url.getSingleParameter("what").flatMap(AuditUrl::action).orElse(null),
        url.getSingleParameter("subject").orElse(null),
        url.getSingleParameter("from").flatMap(AuditUrl::day).orElse(null),
        url.getSingleParameter("to").flatMap(AuditUrl::day).orElse(null),
        url.getSingleParameter("q")
            .filter(words -> words.length() <= AuditQuery.LONGEST_WORDS)
            .filter(AuditQuery::hasWords)
            .orElse(null));
  }

  QueryParameters parameters() {
    Map<String, String> parameters = common();
    put(parameters, "from", from);
    put(parameters, "to", to);
    return QueryParameters.simple(parameters);
  }

  /** The same for the export of the HTTP API, with moments instead of days. */
  QueryParameters export(ZoneId zone) {
    Map<String, String> parameters = common();
    AuditQuery query = query(zone);
    put(parameters, "from", query.from());
    put(parameters, "to", query.to());
    return QueryParameters.simple(parameters);
  }

  AuditQuery query(ZoneId zone) {
    return new AuditQuery(
        blankToNull(who),
        what,
        blankToNull(subject),
        from == null ? null : from.atStartOfDay(zone).toInstant(),
        to == null ? null : to.plusDays(1).atStartOfDay(zone).toInstant(),
        words);
  }

  private Map<String, String> common() {
    Map<String, String> parameters = new LinkedHashMap<>();
    put(parameters, "who", blankToNull(who));
    put(parameters, "what", what == null ? null : what.name());
    put(parameters, "subject", blankToNull(subject));
    put(parameters, "q", blankToNull(words));
    return parameters;
  }

  private static void put(Map<String, String> parameters, String name, @Nullable Object value) {
    if (value != null) {
      parameters.put(name, value.toString());
    }
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  private static Optional<AuditAction> action(String name) {
    return Arrays.stream(AuditAction.values()).filter(a -> a.name().equals(name)).findFirst();
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
