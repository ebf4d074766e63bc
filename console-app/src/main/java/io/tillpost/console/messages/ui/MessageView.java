package io.tillpost.console.messages.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.tillpost.console.live.AsOf;
import io.tillpost.console.live.Drawn;
import io.tillpost.console.live.Live;
import io.tillpost.console.live.LiveKey;
import io.tillpost.console.live.LiveUpdates;
import io.tillpost.console.messages.MessageStories;
import io.tillpost.console.messages.MessageStory;
import io.tillpost.console.recovery.ui.MessageRetries;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.ForeignStoreException;
import io.tillpost.console.security.Permission;
import io.tillpost.console.text.MessagePath;
import io.tillpost.console.traces.ui.WaterfallRows;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.frontend.timeline.StageTimeline;
import io.tillpost.frontend.trace.TraceWaterfall;
import io.tillpost.location.Store;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.message.Workflows;
import io.tillpost.store.Messages.StoredMessage;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One message's whole story on one page, moving by itself while the message is on its way. */
@Route("messages/:messageId")
@RolesAllowed(Permission.Name.VIEW)
final class MessageView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final transient MessageStories stories;
  private final transient MessageRetries retries;
  private final transient LiveUpdates live;
  private final transient Workflows workflows;
  private final transient StoreDirectory directory;
  private final transient ZoneId consoleZone;
  private final AsOf asOf;
  private final MessageHeader header;
  private final StageTimeline timeline = new StageTimeline();
  private final FailurePanel failure = new FailurePanel();
  private final PayloadPanel payload;
  private final TraceWaterfall waterfall = new TraceWaterfall();
  private final Anchor traceLink = new Anchor();
  private final UnorderedList related = new UnorderedList();
  private final Div relatedPanel = panel("Related messages of the same customer action", related);
  private final Div retry = new Div();
  private final Div missing = new Div();
  private final Div content = new Div();
  private final transient Drawn<List<Related>> drawnRelated = new Drawn<>();
  private String title = "Message";
  private transient @Nullable Registration watching;

  MessageView(
      MessageStories stories,
      MessageRetries retries,
      LiveUpdates live,
      Workflows workflows,
      StoreDirectory directory,
      CurrentOperator operator,
      AsOf asOf,
      ZoneId consoleZone,
      Clock clock) {
    this.stories = stories;
    this.retries = retries;
    this.live = live;
    this.workflows = workflows;
    this.directory = directory;
    this.consoleZone = consoleZone;
    this.asOf = asOf;
    this.header = new MessageHeader(workflows, directory, clock);
    this.payload =
        new PayloadPanel(operator.refusal(Permission.VIEW_PAYLOAD).orElse(""), consoleZone);
    addClassName(TillpostTheme.VIEW);
    missing.addClassName(TillpostTheme.EMPTY_STATE);
    missing.setVisible(false);
    content.setVisible(false);
    content.addClassName("tillpost-stack");
    content.add(
        header,
        retry,
        panel("Stages", timeline),
        failure,
        payload,
        panel("Trace of the latest attempt", waterfall, traceLink),
        relatedPanel);
    add(asOf, missing, content);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    MessageId id =
        event
            .getRouteParameters()
            .get("messageId")
            .flatMap(MessagePath::ofPage)
            .orElseThrow(() -> new NotFoundException("This is not a message id"));
    String text = id.value();
    // One of another store is refused at once; one that is still to come, when it has come.
    stories
        .foreign(id)
        .ifPresent(
            why -> {
              throw new ForeignStoreException(why);
            });
    if (!text.equals(title)) {
      content.setVisible(false);
      missing.setVisible(false);
    }
    title = text;
    retry.removeAll();
    retry.add(retries.of(id));
    if (watching != null) {
      watching.remove();
    }
    watching = live.watch(this, LiveKey.of("message", EVERY, text), () -> told(id), this::show);
  }

  @Override
  public String getPageTitle() {
    return title;
  }

  private void show(Live<Told> result) {
    asOf.show(result);
    switch (result) {
      case Live.Fresh<Told> fresh -> show(fresh.value());
      case Live.Stale<Told> stale -> stale.last().ifPresent(this::show);
    }
  }

  private Told told(MessageId id) {
    Optional<String> refusal = stories.foreign(id);
    return new Told(refusal, refusal.isPresent() ? Optional.empty() : stories.story(id));
  }

  private void show(Told told) {
    Optional<MessageStory> story = told.story();
    content.setVisible(story.isPresent());
    missing.setVisible(story.isEmpty());
    missing.setText(told.refusal().orElseGet(this::notThere));
    story.ifPresent(this::show);
  }

  private String notThere() {
    return "There is no message \"%s\". It may not have arrived yet: this page shows it as soon as it does. Or it is older"
            .formatted(title)
        + " than the retention.";
  }

  private void show(MessageStory story) {
    StoredMessage stored = story.stored();
    Message message = stored.message();
    ZoneId zone = zone(message);
    header.show(stored, story.exception(), zone);
    timeline.setStory(Timelines.of(stored, workflows.get(message.workflow()), zone));
    failure.show(message);
    payload.show(story.payloads(), message.failure().map(f -> f.field()).orElse(null));
    waterfall.setSpans(WaterfallRows.of(story.spans()));
    message
        .traceId()
        .ifPresentOrElse(
            trace -> {
              traceLink.setVisible(true);
              traceLink.setHref("traces/" + trace.value());
              traceLink.setText("Open the trace");
            },
            () -> traceLink.setVisible(false));
    showRelated(story.related());
  }

  private void showRelated(List<StoredMessage> messages) {
    List<Related> all = messages.stream().map(other -> related(other.message())).toList();
    if (drawnRelated.differs(all)) {
      relatedPanel.setVisible(!all.isEmpty());
      related.removeAll();
      all.forEach(
          one ->
              related.add(
                  new ListItem(new Anchor(one.href(), one.words()), new Span(one.standing()))));
    }
  }

  private Related related(Message message) {
    return new Related(
        MessageLink.href(message.id()),
        MessageLink.words(message),
        " · "
            + workflows.get(message.workflow()).title()
            + " · "
            + StatusBadge.words(message.status()));
  }

  private ZoneId zone(Message message) {
    String id = message.storeId();
    return id == null ? consoleZone : directory.find(id).map(Store::zone).orElse(consoleZone);
  }

  private static Div panel(String title, Component... contents) {
    H2 heading = new H2(title);
    heading.addClassName(TillpostTheme.PANEL_TITLE);
    Div panel = new Div(heading);
    panel.add(contents);
    panel.addClassName(TillpostTheme.PANEL);
    return panel;
  }

  /** What is said of a related message. */
  private record Related(String href, String words, String standing) {}

  /**
   * @param refusal why it is not for this operator, in sentences
   * @param story empty where it is not there, or not for this operator
   */
  private record Told(Optional<String> refusal, Optional<MessageStory> story) {}
}
