package io.tillpost.console.exceptions;

import io.tillpost.console.audit.AuditAct;
import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentKind.FieldType;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * Filters of exceptions that people keep, for themselves or for all, with how many exceptions are
 * new in each since they last looked at it.
 */
public class SavedViews {
  /** The longest name. */
  public static final int LONGEST_NAME = 60;

  private static final int LONGEST_QUERY = 4_000;
  private static final int MOST = 100;
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
  private final AuditLog audit;
  private final CurrentOperator currentOperator;
  private final Clock clock;

  SavedViews(
      DocumentStore store,
      ExceptionInbox inbox,
      AuditLog audit,
      CurrentOperator currentOperator,
      Clock clock) {
    this.views = store.of(VIEWS);
    this.seen = store.of(SEEN);
    this.inbox = inbox;
    this.audit = audit;
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

  /** What became of keeping, changing or taking away one, or a sentence that says why not. */
  public sealed interface Answer {
    /** It is kept like this. */
    record Kept(SavedView view) implements Answer {}

    /** It is not there any more. */
    record Removed() implements Answer {}

    /** What was asked for is not right. */
    record Invalid(String reason) implements Answer {}

    /** There is none of that id. */
    record NotFound(String reason) implements Answer {}

    /** It is somebody else's. */
    record Forbidden(String reason) implements Answer {}

    /** It cannot be done as things are. */
    record Conflict(String reason) implements Answer {}
  }

  /** The views of who asks, and those that are shared, by name. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public List<Listed> list() {
    String me = currentOperator.get().id();
    Map<String, Instant> looked = new HashMap<>();
    seen.findAll(
        DocumentQuery.ALL.where("login", me),
        part -> part.forEach(one -> looked.put(one.value().viewId(), one.value().at())));
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
    return named(name)
        .map(before -> change(before.id(), name, query, shared))
        .orElseGet(() -> create(name, query, shared, null));
  }

  /**
   * Keeps a filter under a name that one does not use yet.
   *
   * @param key the same for every repeat of one request, or null where there is none
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Answer create(String name, String query, boolean shared, @Nullable String key) {
    String me = currentOperator.get().id();
    String called = name.strip();
    Optional<Answer> fault = fault(called, query);
    if (fault.isPresent()) {
      return fault.get();
    }
    boolean named = key != null && !key.isBlank();
    String id = named ? hash(me + "\u0000" + key) : UUID.randomUUID().toString();
    String request = named ? hash(called + "\u0000" + query + "\u0000" + shared) : null;
    Optional<SavedView> known = views.get(id).map(Versioned::value);
    if (known.isPresent()) {
      return repeated(known.get(), request);
    }
    if (named(called).isPresent()) {
      return taken(called);
    }
    long own = own(me).size();
    if (own >= MOST) {
      return new Answer.Conflict("You keep %d views already: take one away".formatted(own));
    }
    SavedView view = new SavedView(id, called, me, shared, query, clock.instant(), request);
    return audit.record(
        act(view, shared ? AuditAction.SHARE_VIEW : AuditAction.KEEP_VIEW)
            .changing(null, view.words()),
        () -> {
          if (!views.create(id, view)) {
            // The same request came twice at the same time.
            return repeated(views.get(id).map(Versioned::value).orElse(view), request);
          }
          looked(id);
          return new Answer.Kept(view);
        },
        SavedViews::ending);
  }

  /** Gives one of one's own another name, filter or audience. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Answer change(String id, String name, String query, boolean shared) {
    Versioned<SavedView> found = views.get(id).filter(SavedViews::isThere).orElse(null);
    Optional<Answer> objection = notOwn(id, found, AuditAction.CHANGE_VIEW);
    if (found == null || objection.isPresent()) {
      return objection.orElseGet(() -> none(id));
    }
    String called = name.strip();
    Optional<Answer> fault = fault(called, query);
    if (fault.isPresent()) {
      return fault.get();
    }
    if (named(called).filter(other -> !other.id().equals(id)).isPresent()) {
      return taken(called);
    }
    SavedView before = found.value();
    SavedView view = before.as(called, query, shared, clock.instant());
    if (called.equals(before.name()) && query.equals(before.query()) && shared == before.shared()) {
      looked(id);
      return new Answer.Kept(before);
    }
    return audit.record(
        act(view, shared && !before.shared() ? AuditAction.SHARE_VIEW : AuditAction.CHANGE_VIEW)
            .changing(before.words(), view.words()),
        () -> {
          if (!views.replace(found, view)) {
            return new Answer.Conflict("It was changed at the same time: look at it again");
          }
          looked(id);
          return new Answer.Kept(view);
        },
        SavedViews::ending);
  }

  /** Takes one of one's own away; one that is not there, or not one's own, stays as it is. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Answer remove(String id) {
    Versioned<SavedView> found = views.get(id).orElse(null);
    Optional<Answer> objection = notOwn(id, found, AuditAction.REMOVE_VIEW);
    if (found == null || objection.isPresent()) {
      return objection.orElseGet(() -> none(id));
    }
    if (!isThere(found)) {
      return new Answer.Removed();
    }
    SavedView before = found.value();
    return audit.record(
        act(before, AuditAction.REMOVE_VIEW).changing(before.words(), null),
        () ->
            views.replace(found, before.as(GONE, before.query(), false, before.savedAt()))
                ? new Answer.Removed()
                : new Answer.Conflict("It was changed at the same time: look at it again"),
        SavedViews::ending);
  }

  /** Why it is not for who asks to change; one that they do not see is not there to them. */
  private Optional<Answer> notOwn(
      String id, @Nullable Versioned<SavedView> found, AuditAction action) {
    String me = currentOperator.get().id();
    if (found == null || found.value().owner().equals(me)) {
      return Optional.empty();
    }
    if (!found.value().shared()) {
      return Optional.of(none(id));
    }
    String why =
        "This view is kept by %s, and only they change it or take it away. Keep one of your own"
            .formatted(found.value().owner());
    audit.refused(act(found.value(), action), why);
    return Optional.of(new Answer.Forbidden(why));
  }

  private static Answer repeated(SavedView known, @Nullable String request) {
    return !known.name().equals(GONE) && known.request() != null && known.request().equals(request)
        ? new Answer.Kept(known)
        : new Answer.Conflict("This Idempotency-Key was used for another request already");
  }

  private static Optional<Answer> fault(String name, String query) {
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      return Optional.of(
          new Answer.Invalid("A view has a name of 1 to %d characters".formatted(LONGEST_NAME)));
    }
    return query.length() > LONGEST_QUERY
        ? Optional.of(
            new Answer.Invalid("A filter has up to %,d characters".formatted(LONGEST_QUERY)))
        : Optional.empty();
  }

  private static Answer none(String id) {
    return new Answer.NotFound("There is no view " + id);
  }

  private static Answer taken(String name) {
    return new Answer.Conflict(
        "You keep a view of the name %s already: change that one".formatted(name));
  }

  private AuditAct act(SavedView view, AuditAction action) {
    return AuditAct.of(
        currentOperator.get().id(), action, new AuditSubject(AuditSubject.Kind.VIEW, view.id()));
  }

  private static AuditLog.Ending ending(Answer answer) {
    return switch (answer) {
      case Answer.Kept _, Answer.Removed _ -> AuditLog.Ending.DONE;
      case Answer.Invalid a -> AuditLog.Ending.refused(a.reason());
      case Answer.NotFound a -> AuditLog.Ending.refused(a.reason());
      case Answer.Forbidden a -> AuditLog.Ending.refused(a.reason());
      case Answer.Conflict a -> AuditLog.Ending.refused(a.reason());
    };
  }

  private Optional<SavedView> named(String name) {
    return own(currentOperator.get().id()).stream()
        .map(Versioned::value)
        .filter(view -> view.name().equals(name.strip()))
        .findFirst();
  }

  private static boolean isThere(Versioned<SavedView> found) {
    return !found.value().name().equals(GONE);
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 14);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
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
    views.findAll(
        DocumentQuery.ALL.where("shared", "true"),
        part ->
            part.stream()
                .filter(found -> isThere(found) && !found.value().owner().equals(me))
                .forEach(found -> all.add(found.value())));
    all.sort(Comparator.comparing(SavedView::name).thenComparing(SavedView::owner));
    return all;
  }

  private List<Versioned<SavedView>> own(String me) {
    List<Versioned<SavedView>> own = new ArrayList<>();
    // Those that were taken away are found too, of which there may be any number.
    views.findAll(
        DocumentQuery.ALL.where("owner", me),
        part -> part.stream().filter(SavedViews::isThere).forEach(own::add));
    return own;
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
