package io.tillpost.recovery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a frozen list says of earlier messages about the same business objects that have failed and
 * do not go with it.
 *
 * @param messages of the list that have an earlier one; left out, unless they go all the same
 * @param earlier how many earlier ones these are, at least; of those left out, the first of each
 * @param examples the ids of some of them, the oldest first
 * @param added how many earlier ones were put on the list
 * @param choice what was chosen
 * @param reason why they go all the same, in words; null where they do not
 */
public record EarlierFailed(
    int messages,
    int earlier,
    List<String> examples,
    int added,
    EarlierChoice choice,
    @Nullable String reason) {
  public EarlierFailed {
    examples = List.copyOf(examples);
  }
}
