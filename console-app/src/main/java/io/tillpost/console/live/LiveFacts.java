package io.tillpost.console.live;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.DescriptionList;
import io.tillpost.frontend.TillpostTheme;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Facts that are told again and again. One that is told as before stays what it is on the page, so
 * that its link can be clicked and its words can be marked.
 */
public final class LiveFacts extends DescriptionList {
  private final List<Description> descriptions = new ArrayList<>();
  private transient List<Fact> shown = List.of();

  /** No facts yet. */
  public LiveFacts() {
    addClassName(TillpostTheme.FACTS);
  }

  /** Shows these instead, in this order. */
  public void show(List<Fact> facts) {
    if (!terms(facts).equals(terms(shown))) {
      removeAll();
      descriptions.clear();
      shown = List.of();
      facts.forEach(this::addTerm);
    }
    for (int i = 0; i < facts.size(); i++) {
      Fact fact = facts.get(i);
      if (shown.isEmpty() || !shown.get(i).content().equals(fact.content())) {
        descriptions.get(i).removeAll();
        descriptions.get(i).add(fact.drawing().get());
      }
    }
    shown = List.copyOf(facts);
  }

  private void addTerm(Fact fact) {
    Description description = new Description();
    descriptions.add(description);
    add(new Term(fact.term()), description);
  }

  private static List<String> terms(List<Fact> facts) {
    return facts.stream().map(Fact::term).toList();
  }

  /**
   * One fact.
   *
   * @param term what it is about
   * @param content everything that the drawing depends on; has a proper {@code equals}
   * @param drawing makes what stands on the page
   */
  public record Fact(String term, Object content, Supplier<Component[]> drawing) {
    /** One in plain words; may be blank. */
    public static Fact of(String term, String words) {
      return new Fact(term, words, () -> new Component[] {new Text(words)});
    }
  }
}
