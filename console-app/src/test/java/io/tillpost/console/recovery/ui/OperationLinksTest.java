package io.tillpost.console.recovery.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OperationLinksTest {
  @Test
  void anOperationThatIsNamedByItsIdIsALink() {
    assertThat(shown("Edited again: operation 93b2d6c64695e0bf74667f5c681b is in its place"))
        .containsExactly(
            "Edited again: ",
            "operations/93b2d6c64695e0bf74667f5c681b operation 93b2d6c64695e0bf74667f5c681b",
            " is in its place");
    assertThat(shown("operation 01a22876c04c-e699fd379afdb1fb"))
        .containsExactly(
            "operations/01a22876c04c-e699fd379afdb1fb operation 01a22876c04c-e699fd379afdb1fb");
  }

  @Test
  void otherWordsStayWords() {
    assertThat(shown("Paused: the operation <b>accepted</b> too much"))
        .containsExactly("Paused: the operation <b>accepted</b> too much");
    assertThat(shown("")).containsExactly("");
  }

  private static Stream<String> shown(String words) {
    return Stream.of(OperationLinks.in(words)).map(OperationLinksTest::shown);
  }

  private static String shown(Component part) {
    return part instanceof Anchor link
        ? link.getHref() + " " + link.getText()
        : ((Text) part).getText();
  }
}
