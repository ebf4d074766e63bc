package io.tillpost.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import io.tillpost.console.live.LiveFacts.Fact;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveFactsTest {
  private final LiveFacts facts = new LiveFacts();

  @Test
  void aFactThatIsToldAsBeforeStaysWhileAnotherOneChanges() {
    facts.show(List.of(exception("Tender"), Fact.of("Due", "5 min late")));
    Component link = link();

    facts.show(List.of(exception("Tender"), Fact.of("Due", "6 min late")));

    assertThat(link()).isSameAs(link);
    assertThat(texts()).containsExactly("Exception", "Tender", "Due", "6 min late");
  }

  @Test
  void aFactThatIsToldOtherwiseIsMadeAnew() {
    facts.show(List.of(exception("Tender"), Fact.of("Due", "5 min late")));
    facts.show(List.of(exception("Tax code"), Fact.of("Due", "5 min late")));
    assertThat(texts()).containsExactly("Exception", "Tax code", "Due", "5 min late");
  }

  @Test
  void factsComeAndGoInTheirOrder() {
    facts.show(List.of(Fact.of("State", "Running"), Fact.of("Pace", "4 a second")));
    facts.show(List.of(Fact.of("State", "Finished")));
    assertThat(texts()).containsExactly("State", "Finished");
    facts.show(List.of());
    assertThat(texts()).isEmpty();
    facts.show(List.of(Fact.of("Reason", ""), Fact.of("State", "Finished")));
    assertThat(texts()).containsExactly("Reason", "", "State", "Finished");
  }

  private static Fact exception(String words) {
    return new Fact("Exception", words, () -> new Component[] {new Anchor("exceptions/1", words)});
  }

  private Component link() {
    return facts.getComponentAt(1).getChildren().findFirst().orElseThrow();
  }

  private List<String> texts() {
    return facts.getChildren().map(part -> part.getElement().getTextRecursively()).toList();
  }
}
