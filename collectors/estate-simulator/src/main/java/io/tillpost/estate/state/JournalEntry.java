package io.tillpost.estate.state;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tillpost.estate.middleware.Recovery;
import io.tillpost.estate.trouble.Course;

/** Something that happened since the state was last saved and that chance alone does not tell. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = JournalEntry.Captured.class, name = "C"),
  @JsonSubTypes.Type(value = JournalEntry.Reached.class, name = "P"),
  @JsonSubTypes.Type(value = JournalEntry.Answered.class, name = "R"),
  @JsonSubTypes.Type(value = JournalEntry.Intervened.class, name = "T")
})
public sealed interface JournalEntry {
  /** A message was captured, epoch milliseconds. */
  record Captured(String id, long at) implements JournalEntry {}

  /** Everything up to this time has been captured, epoch milliseconds. */
  record Reached(long at) implements JournalEntry {}

  /** The recovery channel answered a request for good. */
  record Answered(String key, long at, Recovery.Request request, EstateState.KeptAnswer answer)
      implements JournalEntry {}

  /** Somebody lifted or started a trouble. */
  record Intervened(Course.Intervention intervention) implements JournalEntry {}
}
