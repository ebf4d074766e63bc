package io.tillpost.console.recovery.run;

import io.tillpost.console.text.CountText;
import io.tillpost.recovery.TargetAnswer;
import io.tillpost.recovery.TargetQuestion;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A question to targets and what they said so far, as asked just now.
 *
 * @param answers how many of which; those without a message are left out
 */
public record QuestionProgress(TargetQuestion question, Map<TargetAnswer, Long> answers) {
  public QuestionProgress {
    answers = answers.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(answers));
  }

  /** How it stands, in a sentence or two. */
  public String words() {
    long answered = answers.values().stream().mapToLong(Long::longValue).sum();
    String about = CountText.of(question.size(), "unconfirmed message");
    if (!question.finished()) {
      return "The target is being asked about %s for %s: %,d so far."
          .formatted(about, question.askedBy(), answered);
    }
    String said =
        Stream.of(
                part(TargetAnswer.HAS_IT, "it has %,d"),
                part(TargetAnswer.ON_ITS_WAY, "%,d on the way to it"),
                part(TargetAnswer.DOES_NOT_HAVE_IT, "it does not have %,d"),
                part(TargetAnswer.NO_ANSWER, "no answer for %,d"))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(", "));
    return "%s asked the target about %s%s.%s"
        .formatted(
            question.askedBy(),
            about,
            said.isEmpty() ? "" : ": " + said,
            question.note() == null ? "" : " " + question.note());
  }

  private String part(TargetAnswer answer, String words) {
    long count = answers.getOrDefault(answer, 0L);
    return count == 0 ? "" : words.formatted(count);
  }
}
