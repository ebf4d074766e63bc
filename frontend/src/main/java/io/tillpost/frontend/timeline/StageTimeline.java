package io.tillpost.frontend.timeline;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.internal.JacksonUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The path of one message from the till to its target, one line for each attempt: which stage was
 * reached when and by whose word, how long it took from stage to stage, when it was due, where it
 * stopped and why.
 */
@Tag("tillpost-stage-timeline")
@NpmPackage(value = "lit", version = "3.3.3")
@JsModule("./tillpost/stage-timeline.ts")
public final class StageTimeline extends Component implements HasSize {
  private @Nullable TimelineStory shown;

  /** Says that there is nothing to show until a story is set. */
  public StageTimeline() {}

  /** Shows a story. */
  public StageTimeline(TimelineStory story) {
    setStory(story);
  }

  /** Shows another state of the story, in place; sends nothing if it is the same. */
  public void setStory(TimelineStory story) {
    if (story.equals(shown)) {
      return;
    }
    shown = story;
    getElement().setPropertyJson("story", json(story));
  }

  private static ObjectNode json(TimelineStory story) {
    ObjectNode json = JacksonUtils.createObjectNode();
    json.put("source", story.source());
    json.put("middleware", story.middleware());
    json.put("target", story.target());
    json.put("zone", story.zone().getId());
    if (story.dueAt() != null) {
      json.put("dueAt", story.dueAt().toEpochMilli());
    }
    if (story.objective() != null) {
      json.put("objective", story.objective());
    }
    ArrayNode attempts = json.putArray("attempts");
    story.attempts().forEach(attempt -> attempts.add(json(attempt)));
    return json;
  }

  private static ObjectNode json(TimelineAttempt attempt) {
    ObjectNode json = JacksonUtils.createObjectNode();
    json.put("number", attempt.number());
    ArrayNode stops = json.putArray("stops");
    for (TimelineStop stop : attempt.stops()) {
      stops
          .addObject()
          .put("stage", stop.stage().name())
          .put("at", stop.at().toEpochMilli())
          .put("system", stop.system());
    }
    TimelineFailure failure = attempt.failure();
    if (failure != null) {
      json.putObject("failure").put("code", failure.code()).put("text", failure.text());
    }
    return json;
  }
}
