package io.tillpost.console.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** The accessibility rules of WCAG 2.2 A and AA, tried by axe-core in the page. */
public final class Axe {
  private static final String SCRIPT = script();

  /**
   * Vaadin's own: its tab list keeps a box that scrolls, which takes the focus, around the tabs.
   */
  private static final Pattern TABS_OF_VAADIN =
      Pattern.compile("aria-required-children [^\n]*vaadin-tabs.*", Pattern.DOTALL);

  /**
   * A cell that the arrow keys walk to is measured as if it were clicked; in it the link is, which
   * is measured too, or the row.
   */
  private static final String CELLS_OF_VAADIN = "target-size vaadin-grid #vaadin-grid-cell-";

  private static final String GUIDELINES =
      "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']";

  private static final String RULES_OF_COLOUR =
      "{type: 'rule', values: ['color-contrast', 'link-in-text-block']}";

  private Axe() {}

  /** What breaks a rule within the element: rule, place, and what to do, one text for each. */
  public static List<String> violations(Page page, String element) {
    return violations(page, element, GUIDELINES);
  }

  /**
   * As {@link #violations}, by the rules alone that look at colours: all that can be otherwise when
   * a page that met the guidelines has changed between light and dark.
   */
  public static List<String> violationsOfColour(Page page, String element) {
    return violations(page, element, RULES_OF_COLOUR);
  }

  @SuppressWarnings("unchecked") // the script gives a list of texts
  private static List<String> violations(Page page, String element, String runOnly) {
    if (!Boolean.TRUE.equals(page.evaluate("() => 'axe' in window"))) {
      // Without a value at the end the whole library would be sent back as the answer.
      page.evaluate(SCRIPT + ";true");
    }
    List<String> found =
        (List<String>)
            page.evaluate(
                """
            async (element) => {
              const results = await axe.run(element, {
                preload: false,
                resultTypes: ['violations'],
                runOnly: RUN_ONLY,
              });
              return results.violations.flatMap((rule) =>
                  rule.nodes.map((node) => `${rule.id} ${node.target.flat().join(' ')} ${node.failureSummary}`));
            }
            """
                    .replace("RUN_ONLY", runOnly),
                element);
    return found.stream()
        .filter(violation -> !TABS_OF_VAADIN.matcher(violation).matches())
        .filter(violation -> !violation.startsWith(CELLS_OF_VAADIN))
        .toList();
  }

  private static String script() {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
