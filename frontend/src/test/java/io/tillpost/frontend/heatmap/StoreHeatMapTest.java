package io.tillpost.frontend.heatmap;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.internal.PendingJavaScriptInvocation;
import com.vaadin.flow.function.DeploymentConfiguration;
import com.vaadin.flow.server.VaadinSession;
import io.tillpost.frontend.Severity;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoreHeatMapTest {
  private final UI page = new UI();
  private final StoreHeatMap map = new StoreHeatMap();

  @BeforeEach
  void openThePage() {
    page.getInternals().setSession(new Session());
  }

  @Test
  void aPageGetsAnArrayForEachStore() {
    map.setRegions(List.of(new StoreRegion("North", List.of(cell("0412", Severity.SERIOUS)))));
    page.add(map);

    assertThat(sent())
        .containsExactly(
            "show [{\"name\":\"North\",\"stores\":[[\"0412\",\"serious\",\"late\"]]}]");
  }

  @Test
  void laterItGetsOnlyTheStoresThatLookDifferent() {
    map.setRegions(regions(Severity.OK));
    page.add(map);
    sent();

    map.setRegions(regions(Severity.WARNING));

    assertThat(sent()).containsExactly("change [[\"South\",\"0500\",\"warning\",\"late\"]]");
  }

  @Test
  void nothingIsSentWhereAllIsAsItWas() {
    map.setRegions(regions(Severity.OK));
    page.add(map);
    sent();

    map.setRegions(regions(Severity.OK));

    assertThat(sent()).isEmpty();
  }

  @Test
  void theOrderOfStoresIsNoDifference() {
    map.setRegions(
        List.of(
            new StoreRegion("N", List.of(cell("1", Severity.OK), cell("2", Severity.OK))),
            new StoreRegion("S", List.of())));
    page.add(map);
    sent();

    map.setRegions(
        List.of(new StoreRegion("N", List.of(cell("2", Severity.OK), cell("1", Severity.OK)))));

    assertThat(sent()).containsExactly("change []");
  }

  @Test
  void allIsSentOnceAStoreComesGoesOrMoves() {
    map.setRegions(regions(Severity.OK));
    page.add(map);

    for (List<StoreRegion> other :
        List.of(
            Stream.concat(
                    regions(Severity.OK).stream(),
                    Stream.of(new StoreRegion("West", List.of(cell("0600", Severity.OK)))))
                .toList(),
            regions(Severity.OK).subList(0, 1),
            List.of(
                new StoreRegion(
                    "North",
                    regions(Severity.OK).stream().flatMap(r -> r.stores().stream()).toList())))) {
      sent();
      map.setRegions(other);
      assertThat(sent()).singleElement().asString().startsWith("show ");
    }
  }

  @Test
  void allIsSentWhereMostStoresLookDifferent() {
    map.setRegions(List.of(new StoreRegion("North", List.of(cell("0412", Severity.OK)))));
    page.add(map);
    sent();

    map.setRegions(List.of(new StoreRegion("North", List.of(cell("0412", Severity.CRITICAL)))));

    assertThat(sent()).singleElement().asString().startsWith("show ");
  }

  @Test
  void aPageThatWasAwayGetsAllAgainAsItIsNow() {
    map.setRegions(regions(Severity.OK));
    page.add(map);
    sent();

    page.remove(map);
    map.setRegions(regions(Severity.CRITICAL));
    assertThat(sent()).isEmpty();
    page.add(map);

    assertThat(sent()).singleElement().asString().startsWith("show ").contains("critical");
  }

  private static List<StoreRegion> regions(Severity ofTheLast) {
    return List.of(
        new StoreRegion("North", List.of(cell("0412", Severity.OK), cell("0413", Severity.OK))),
        new StoreRegion("South", List.of(cell("0500", ofTheLast))));
  }

  private static StoreCell cell(String storeId, Severity severity) {
    return new StoreCell(storeId, severity, "late");
  }

  /** The calls that go to the browser since the last time: the function and what it gets. */
  private List<String> sent() {
    page.getInternals().getStateTree().runExecutionsBeforeClientResponse();
    return page.getInternals().dumpPendingJavaScriptInvocations().stream()
        .map(PendingJavaScriptInvocation::getInvocation)
        .map(call -> call.getExpression() + call.getParameters().getLast())
        .map(call -> call.replaceAll("return \\$0\\.(\\w+)\\(\\$1\\)", "$1 "))
        .toList();
  }

  /** A session without a server, whose lock everybody has. */
  private static final class Session extends VaadinSession {
    Session() {
      super(null);
    }

    @Override
    public boolean hasLock() {
      return true;
    }

    @Override
    public void checkHasLock() {
      // There is one thread only.
    }

    @Override
    public DeploymentConfiguration getConfiguration() {
      return (DeploymentConfiguration)
          Proxy.newProxyInstance(
              Session.class.getClassLoader(),
              new Class<?>[] {DeploymentConfiguration.class},
              (_, method, _) -> method.getReturnType() == boolean.class ? (Object) true : null);
    }
  }
}
