package io.tillpost.frontend;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The accessibility rules of WCAG 2.2 A and AA, tried by axe-core in the page. */
final class Axe {
  private static final String SCRIPT = script();

  /**
   * Vaadin's own: its tab list keeps a box that scrolls, which takes the focus, around the tabs.
   */
  private static final String TABS_OF_VAADIN = "aria-required-children vaadin-tabs";

  private Axe() {}

  /** What breaks a rule within the element: rule, place, and what to do, one text for each. */
  @SuppressWarnings("unchecked") // the script gives a list of texts
  static List<String> violations(Page page, String element) {
    // Without a value at the end the whole library would be sent back as the answer.
    page.evaluate(SCRIPT + ";true");
    List<String> found =
        (List<String>)
            page.evaluate(
                """
            async (element) => {
              const results = await axe.run(element, {
                preload: false,
                resultTypes: ['violations'],
                runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
              });
              return results.violations.flatMap((rule) =>
                  rule.nodes.map((node) => `${rule.id} ${node.target.flat().join(' ')} ${node.failureSummary}`));
            }
            """,
                element);
    return found.stream().filter(violation -> !violation.startsWith(TABS_OF_VAADIN)).toList();
  }

  private static String script() {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
