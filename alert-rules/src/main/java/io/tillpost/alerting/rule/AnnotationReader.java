package io.tillpost.alerting.rule;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads {@code annotations} and checks their placeholders. */
final class AnnotationReader {
  private static final List<String> KEYS = List.of("summary", "meaning", "what-to-do", "runbook");
  private static final Pattern BRACES = Pattern.compile("\\{\\{(.*?)}}|\\{\\{");
  private static final int MAX_LENGTH = 2_000;

  private final List<String> placeholders;
  private final Problems problems;

  AnnotationReader(Measure measure, Grouping grouping, Problems problems) {
    this.placeholders = Placeholder.of(measure, grouping).stream().map(Placeholder::word).toList();
    this.problems = problems;
  }

  /**
   * The annotations.
   *
   * @param usualSummary where the rule gives none
   */
  Annotations read(@Nullable Node node, String usualSummary) {
    Optional<Block> block =
        node == null ? Optional.empty() : Block.of(node, "annotations", KEYS, problems);
    if (block.isEmpty()) {
      return new Annotations(usualSummary, "", "", null);
    }
    String summary = text(block.get(), "summary");
    return new Annotations(
        summary.isEmpty() ? usualSummary : summary,
        text(block.get(), "meaning"),
        text(block.get(), "what-to-do"),
        block.get().text("runbook").flatMap(this::address).orElse(null));
  }

  private String text(Block block, String key) {
    Optional<ScalarNode> node = block.text(key);
    node.ifPresent(this::check);
    return node.map(n -> n.getValue().strip()).orElse("");
  }

  private void check(ScalarNode node) {
    if (node.getValue().length() > MAX_LENGTH) {
      problems.at(node, "a text has at most " + MAX_LENGTH + " characters");
    }
    Matcher matcher = BRACES.matcher(node.getValue());
    while (matcher.find()) {
      String inside = matcher.group(1);
      if (inside == null) {
        problems.within(node, matcher.start(), "'{{' is not closed with '}}'");
      } else if (!placeholders.contains(inside.strip())) {
        problems.within(
            node,
            matcher.start(),
            "unknown placeholder '"
                + inside.strip()
                + "' for this measure and grouping"
                + Problems.suggestion(inside.strip(), placeholders));
      }
    }
  }

  private Optional<URI> address(ScalarNode node) {
    try {
      URI uri = new URI(node.getValue().strip());
      if (("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null) {
        return Optional.of(uri);
      }
    } catch (URISyntaxException e) {
      problems.at(node, "'runbook' is not an address: " + e.getReason());
      return Optional.empty();
    }
    problems.at(node, "'runbook' has to be an address that begins with https:// or http://");
    return Optional.empty();
  }
}
