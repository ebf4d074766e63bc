package io.tillpost.console.messages.ui;

import com.vaadin.flow.router.QueryParameters;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.MessageStatus;
import io.tillpost.store.MessageQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which messages the list shows, as it stands in the address of the page. What the address says
 * wrongly is left out.
 *
 * @param text as in {@link MessageQuery#text}; empty for any
 * @param attention only open messages that are overdue or failed
 * @param exception the id of an exception; empty for any
 */
record MessageFilter(
    String text,
    Set<String> workflows,
    Set<MessageStatus> statuses,
    Set<String> stores,
    boolean attention,
    String exception) {
  private static final String TEXT = "q";
  private static final String WORKFLOW = "workflow";
  private static final String STATUS = "status";
  private static final String STORE = "store";
  private static final String ATTENTION = "attention";
  private static final String EXCEPTION = "exception";

  static MessageFilter of(QueryParameters parameters) {
    return new MessageFilter(
        first(parameters, TEXT),
        all(parameters, WORKFLOW).collect(Collectors.toCollection(LinkedHashSet::new)),
        all(parameters, STATUS).flatMap(MessageFilter::status).collect(Collectors.toSet()),
        all(parameters, STORE).collect(Collectors.toCollection(LinkedHashSet::new)),
        Boolean.parseBoolean(first(parameters, ATTENTION)),
        first(parameters, EXCEPTION));
  }

  QueryParameters toParameters() {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    put(parameters, TEXT, text.isBlank() ? List.of() : List.of(text.strip()));
    put(parameters, WORKFLOW, workflows.stream().sorted().toList());
    put(parameters, STATUS, statuses.stream().sorted().map(MessageStatus::name).toList());
    put(parameters, STORE, stores.stream().sorted().toList());
    put(parameters, ATTENTION, attention ? List.of("true") : List.of());
    put(parameters, EXCEPTION, exception.isEmpty() ? List.of() : List.of(exception));
    return new QueryParameters(parameters);
  }

  MessageQuery toQuery(Instant now, int size) {
    return MessageQuery.ALL
        .withText(text)
        .withWorkflows(workflows)
        .withStatuses(statuses)
        .withStoreIds(stores)
        .withAttentionAt(attention ? now : null)
        .withFingerprint(fingerprint())
        .page(size, null);
  }

  boolean isEmpty() {
    return text.isBlank()
        && workflows.isEmpty()
        && statuses.isEmpty()
        && stores.isEmpty()
        && !attention
        && exception.isEmpty();
  }

  private @Nullable Fingerprint fingerprint() {
    try {
      return exception.isEmpty() ? null : new Fingerprint(exception);
    } catch (IllegalArgumentException notAnId) {
      return null;
    }
  }

  private static Stream<MessageStatus> status(String text) {
    return Arrays.stream(MessageStatus.values()).filter(s -> s.name().equalsIgnoreCase(text));
  }

  private static String first(QueryParameters parameters, String name) {
    return parameters.getSingleParameter(name).orElse("");
  }

  private static Stream<String> all(QueryParameters parameters, String name) {
    return parameters.getParameters(name).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .filter(value -> !value.isBlank());
  }

  private static void put(Map<String, List<String>> parameters, String name, List<String> values) {
    if (!values.isEmpty()) {
      parameters.put(name, new ArrayList<>(values));
    }
  }
}
