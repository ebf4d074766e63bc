package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import io.tillpost.console.messages.MessageStory;
import io.tillpost.console.messages.ui.MessageLink;
import io.tillpost.console.messages.ui.Timelines;
import io.tillpost.console.text.CountText;
import io.tillpost.console.text.VisibleText;
import io.tillpost.console.traces.ui.WaterfallRows;
import io.tillpost.failure.Failure;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.frontend.payload.PayloadView;
import io.tillpost.frontend.timeline.StageTimeline;
import io.tillpost.frontend.trace.TraceWaterfall;
import io.tillpost.message.Message;
import io.tillpost.message.Payload;
import io.tillpost.message.Workflows;
import java.time.ZoneId;

/**
 * One message of an exception that stands for all: its way, its failure, its payload, its trace.
 */
final class SamplePanel extends Div {
  private final transient Workflows workflows;
  private final transient ZoneId zone;
  private final String payloadRefusal;
  private final Anchor link = new Anchor();
  private final Div evidence = new Div();
  private final StageTimeline timeline = new StageTimeline();
  private final Paragraph failure = new Paragraph();
  private final PayloadView payload = new PayloadView();
  private final TraceWaterfall waterfall = new TraceWaterfall();

  /**
   * @param payloadRefusal why the operator may not see payloads; empty if they may
   */
  SamplePanel(Workflows workflows, ZoneId zone, String payloadRefusal) {
    this.workflows = workflows;
    this.zone = zone;
    this.payloadRefusal = payloadRefusal;
    addClassName(TillpostTheme.PANEL);
    H3 heading = new H3("One of its messages: ");
    heading.addClassName(TillpostTheme.PANEL_TITLE);
    heading.add(link);
    Details trace = new Details("Trace of its latest attempt", waterfall);
    trace.setOpened(false);
    evidence.add(timeline, failure, payloadRefusal.isEmpty() ? payload : quiet(), trace);
    add(heading, evidence);
  }

  /** There are messages, and none that the operator may look into was found. */
  void showNone() {
    link.setText("none of those looked through is of your stores");
    link.removeHref();
    evidence.setVisible(false);
  }

  void show(MessageStory story) {
    evidence.setVisible(true);
    Message message = story.stored().message();
    link.setHref(MessageLink.href(message.id()));
    link.setText(MessageLink.words(message));
    timeline.setStory(Timelines.of(story.stored(), workflows.get(message.workflow()), zone));
    failure.setText(message.failure().map(SamplePanel::words).orElse(""));
    if (payloadRefusal.isEmpty()) {
      showPayload(story);
    }
    waterfall.setSpans(WaterfallRows.of(story.spans()));
  }

  private void showPayload(MessageStory story) {
    if (story.payloads().isEmpty()) {
      payload.setMarkedPath(null);
      payload.setPayload(null, "text/plain");
      return;
    }
    Payload last = story.payloads().getLast().payload();
    // Nothing can be pointed at in bytes that are not shown.
    payload.setMarkedPath(
        last.base64() ? null : story.stored().message().failure().map(Failure::field).orElse(null));
    payload.setPayload(
        last.base64()
            ? "This payload is not text: %s of %s."
                .formatted(CountText.of(last.bytes().length, "byte"), last.contentType())
            : last.body(),
        last.base64() ? "text/plain" : last.contentType());
  }

  private Paragraph quiet() {
    Paragraph words = new Paragraph(payloadRefusal);
    words.addClassName(TillpostTheme.QUIET);
    return words;
  }

  private static String words(Failure failure) {
    String at = failure.field() == null ? "" : " at " + failure.field();
    return VisibleText.of(failure.message() + " (" + failure.code() + at + ")");
  }
}
