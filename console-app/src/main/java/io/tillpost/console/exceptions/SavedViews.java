package io.tillpost.console.exceptions;

import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentKind.FieldType;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * Filters of exceptions that people keep, for themselves or for all, with how many exceptions are
 * new in each since they last looked at it.
 */
public class SavedViews {
  /** The longest name. */
  public static final int LONGEST_NAME = 60;

  private static final int MOST = 100;
  private static final int MOST_READ = 1_000;
  private static final DocumentKind<SavedView> VIEWS =
      new DocumentKind<>(
          "exception-views",
          SavedView.class,
          Map.of("owner", FieldType.KEYWORD, "shared", FieldType.BOOLEAN),
          true);
  private static final DocumentKind<SeenView> SEEN =
      new DocumentKind<>(
          "exception-views-seen", SeenView.class, Map.of("login", FieldType.KEYWORD), true);

  /** A view that was taken away: documents are never removed. */
  private static final String GONE = "";

  private final Documents<SavedView> views;
  private final Documents<SeenView> seen;
  private final ExceptionInbox inbox;
  private final CurrentOperator currentOperator;
  private final Clock clock;

  SavedViews(
      DocumentStore store, ExceptionInbox inbox, CurrentOperator currentOperator, Clock clock) {
    this.views = store.of(VIEWS);
    this.seen = store.of(SEEN);
    this.inbox = inbox;
    this.currentOperator = currentOperator;
    this.clock = clock;
  }

  /**
   * A view as one person sees it.
   *
   * @param fresh how many of its exceptions came into being since they last looked; all of them
   *     where they never did
   * @param mine whether they may take it away
   */
  public record Listed(SavedView view, long fresh, boolean mine) {}

  /** What became of keeping one: the view, or a sentence that says why not. */
  public sealed interface Answer {
    /** It is kept. */
    record Kept(SavedView view) implements Answer {}

    /** It is not. */
    record Invalid(String reason) implements Answer {}
  }

  /** The views of who asks, and those that are shared, by name. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public List<Listed> list() {
    String me = currentOperator.get().id();
    Map<String, Instant> looked =
        seen.find(DocumentQuery.ALL.where("login", me)).items().stream()
            .map(Versioned::value)
            .collect(Collectors.toMap(SeenView::viewId, SeenView::at, (a, b) -> a));
    return visible(me).stream()
        .map(
            view ->
                new Listed(
                    view,
                    fresh(view, looked.getOrDefault(view.id(), Instant.MIN), me),
                    view.owner().equals(me)))
        .toList();
  }

  /**
   * Keeps a filter.
   *
   * @param name under which; one of the same name and owner is replaced
   * @param query the filter as it stands in the address, without a question mark
   * @param shared whether everybody sees it
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Answer save(String name, String query, boolean shared) {
    String me = currentOperator.get().id();
    String called = name.strip();
    if (called.isEmpty() || called.length() > LONGEST_NAME) {
      return new Answer.Invalid("A view has a name of 1 to %d characters".formatted(LONGEST_NAME));
    }
    List<Versioned<SavedView>> own = own(me);
    Optional<Versioned<SavedView>> before =
        own.stream().filter(found -> found.value().name().equals(called)).findFirst();
    if (before.isEmpty() && own.size() >= MOST) {
      return new Answer.Invalid("You keep %d views already: take one away".formatted(own.size()));
    }
    SavedView view =
        new SavedView(
            before.map(Versioned::id).orElseGet(() -> UUID.randomUUID().toString()),
            called,
            me,
            shared,
            query,
            clock.instant());
    views.put(view.id(), view);
    looked(view.id());
    return new Answer.Kept(view);
  }

  /** Takes one of one's own away; one that is not there, or not one's own, stays as it is. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public void remove(String id) {
    String me = currentOperator.get().id();
    views
        .get(id)
        .filter(found -> found.value().owner().equals(me))
        .ifPresent(
            found -> {
              SavedView view = found.value();
              views.replace(
                  found, new SavedView(id, GONE, me, false, view.query(), view.savedAt()));
            });
  }

  /** Who asks has looked at it now. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public void looked(String id) {
    String me = currentOperator.get().id();
    seen.put(id + ":" + me, new SeenView(id, me, clock.instant()));
  }

  /** Whether the view is of this filter, however its address is written. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public boolean isOf(SavedView view, ExceptionFilter filter) {
    return filterOf(view, currentOperator.get().id()).equals(filter);
  }

  private static ExceptionFilter filterOf(SavedView view, String me) {
    return ExceptionFilterParameters.read(parameters(view.query()), me).filter();
  }

  private List<SavedView> visible(String me) {
    List<SavedView> all = new ArrayList<>();
    own(me).forEach(found -> all.add(found.value()));
    views
        .find(
            DocumentQuery.ALL
                .and(new Condition.AnyOf("shared", Set.of("true")))
                .page(MOST_READ, null))
        .items()
        .stream()
        .map(Versioned::value)
        .filter(view -> !view.owner().equals(me) && !view.name().equals(GONE))
        .forEach(all::add);
    all.sort(Comparator.comparing(SavedView::name).thenComparing(SavedView::owner));
    return all;
  }

  private List<Versioned<SavedView>> own(String me) {
    return views.find(DocumentQuery.ALL.where("owner", me)).items().stream()
        .filter(found -> !found.value().name().equals(GONE))
        .toList();
  }

  private long fresh(SavedView view, Instant since, String me) {
    return inbox.list(filterOf(view, me)).stream()
        .filter(exception -> exception.group().firstFailed().isAfter(since))
        .count();
  }

  /** The parameters of an address, each with its values in order. */
  static Map<String, List<String>> parameters(String query) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parameters
            .computeIfAbsent(decoded(part.substring(0, equals)), _ -> new ArrayList<>())
            .add(decoded(part.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
