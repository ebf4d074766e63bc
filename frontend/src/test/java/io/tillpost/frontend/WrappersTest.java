package io.tillpost.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import io.tillpost.frontend.chart.ChartPoint;
import io.tillpost.frontend.chart.ChartSeries;
import io.tillpost.frontend.chart.ChartThreshold;
import io.tillpost.frontend.chart.Sparkline;
import io.tillpost.frontend.chart.TimeSeries;
import io.tillpost.frontend.chart.TimeSeriesChart;
import io.tillpost.frontend.heatmap.StoreHeatMap;
import io.tillpost.frontend.impact.Direction;
import io.tillpost.frontend.impact.ImpactFigures;
import io.tillpost.frontend.impact.ImpactLine;
import io.tillpost.frontend.impact.ImpactTile;
import io.tillpost.frontend.payload.PayloadView;
import io.tillpost.frontend.timeline.StageTimeline;
import io.tillpost.frontend.timeline.TimelineAttempt;
import io.tillpost.frontend.timeline.TimelineFailure;
import io.tillpost.frontend.timeline.TimelineStage;
import io.tillpost.frontend.timeline.TimelineStop;
import io.tillpost.frontend.timeline.TimelineStory;
import io.tillpost.frontend.trace.TraceWaterfall;
import io.tillpost.frontend.trace.WaterfallSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over to the browser, byte for byte as the scripts read it. */
class WrappersTest {
  private static final Instant AT = Instant.ofEpochMilli(1_000);
  private static final Path RESOURCES = Path.of("src/main/resources/META-INF");

  @Test
  void aTimelineSendsItsStory() {
    StageTimeline timeline =
        new StageTimeline(
            new TimelineStory(
                "POS",
                "Hub",
                "ERP",
                List.of(
                    new TimelineAttempt(
                        1,
                        List.of(new TimelineStop(TimelineStage.CAPTURED, AT, "till")),
                        new TimelineFailure("E1", "no"))),
                AT.plusSeconds(5),
                null,
                ZoneId.of("Europe/Dublin")));

    assertThat(sent(timeline, "story"))
        .isEqualTo(
            "{\"source\":\"POS\",\"middleware\":\"Hub\",\"target\":\"ERP\",\"zone\":\"Europe/Dublin\","
                + "\"dueAt\":6000,\"attempts\":[{\"number\":1,\"stops\":[{\"stage\":\"CAPTURED\",\"at\":1000,"
                + "\"system\":\"till\"}],\"failure\":{\"code\":\"E1\",\"text\":\"no\"}}]}");
  }

  @Test
  void aWaterfallSendsMicrosecondsSinceTheFirstStart() {
    TraceWaterfall waterfall = new TraceWaterfall();
    waterfall.setSpans(
        List.of(
            span("b", "a", AT.plusNanos(1_500), Duration.ofNanos(250)),
            span("a", null, AT, Duration.ofSeconds(2))));

    assertThat(sent(waterfall, "spans"))
        .isEqualTo(
            "[{\"id\":\"b\",\"parentId\":\"a\",\"name\":\"n\",\"service\":\"s\",\"start\":1.5,\"duration\":0.25,"
                + "\"error\":false},{\"id\":\"a\",\"name\":\"n\",\"service\":\"s\",\"start\":0.0,"
                + "\"duration\":2000000.0,\"error\":false}]");
  }

  @Test
  void aTileSendsItsFigures() {
    ImpactTile tile =
        new ImpactTile(
            new ImpactFigures(
                "T",
                "list",
                Severity.OK,
                "0",
                "",
                "",
                Direction.BETTER,
                List.of(1d, 2d),
                "down",
                List.of(new ImpactLine("mine", "4", "mine"))));

    assertThat(sent(tile, "figures"))
        .isEqualTo(
            "{\"title\":\"T\",\"href\":\"list\",\"severity\":\"ok\",\"count\":\"0\",\"money\":\"\","
                + "\"oldest\":\"\",\"direction\":\"BETTER\",\"trend\":[1.0,2.0],\"trendSummary\":\"down\","
                + "\"lines\":[{\"label\":\"mine\",\"value\":\"4\",\"href\":\"mine\"}]}");
  }

  @Test
  void aChartSendsGapsAsNull() {
    TimeSeriesChart chart = new TimeSeriesChart();
    ChartSeries series =
        new ChartSeries(
            "p95",
            ChartSeries.Shape.AREA,
            Severity.WARNING,
            List.of(new ChartPoint(AT, 7d), new ChartPoint(AT.plusSeconds(1), null)));
    chart.setTimeSeries(
        new TimeSeries(
            List.of(series), "ms", ZoneOffset.UTC, new ChartThreshold("limit", 650), "all well"));

    assertThat(sent(chart, "chart"))
        .isEqualTo(
            "{\"unit\":\"ms\",\"zone\":\"Z\",\"summary\":\"all well\","
                + "\"threshold\":{\"name\":\"limit\",\"value\":650.0},\"series\":[{\"name\":\"p95\","
                + "\"shape\":\"AREA\",\"severity\":\"warning\",\"points\":[[1000,7.0],[2000,null]]}]}");
  }

  @Test
  void theSmallOnesSendPlainProperties() {
    Sparkline line = new Sparkline(List.of(1, 2L, 3.5), "1 to 3.5");
    RelativeTime time = new RelativeTime(AT, ZoneId.of("Europe/Dublin"));
    PayloadView payload = new PayloadView();
    payload.setPayload("{}", "application/json");
    payload.setMarkedPath("a[1]");

    assertThat(sent(line, "points")).isEqualTo("[1.0,2.0,3.5]");
    assertThat(sent(line, "summary")).isEqualTo("1 to 3.5");
    assertThat(sent(time, "at")).isEqualTo("1000.0");
    assertThat(sent(time, "zone")).isEqualTo("Europe/Dublin");
    assertThat(sent(payload, "text")).isEqualTo("{}");
    assertThat(sent(payload, "markedPath")).isEqualTo("a[1]");

    payload.setPayload(null, "application/json");
    payload.setMarkedPath(null);
    time.set(null, ZoneOffset.UTC);
    assertThat(sent(payload, "text")).isEmpty();
    assertThat(sent(payload, "markedPath")).isEmpty();
    assertThat(time.getElement().hasProperty("at")).isFalse();
  }

  @Test
  void aBadgeSaysWhatItsColourSays() {
    SeverityBadge badge = new SeverityBadge(Severity.CRITICAL);
    assertThat(badge.getElement().getTextRecursively()).isEqualTo("✕Critical");

    badge.set(Severity.OK, "Confirmed");
    assertThat(badge.getElement().getTextRecursively()).isEqualTo("●Confirmed");
    assertThat(badge.getElement().getAttribute("data-severity")).isEqualTo("ok");
  }

  @Test
  void severitiesHaveShapesOfTheirOwn() {
    assertThat(Severity.values()).extracting(Severity::symbol).doesNotHaveDuplicates();
  }

  @Test
  void everyScriptAndStyleSheetThatIsNamedIsThere() throws IOException {
    assertThat(RESOURCES.resolve("resources").resolve(TillpostTheme.STYLESHEET)).exists();
    for (Class<? extends Component> wrapper : wrappers()) {
      assertThat(
              RESOURCES.resolve("frontend").resolve(wrapper.getAnnotation(JsModule.class).value()))
          .exists();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lit", "echarts"})
  void theTestedVersionOfAPackageIsTheOneThatTheConsoleBundles(String name) throws IOException {
    String tested = Files.readString(Path.of("package.json"));

    assertThat(
            wrappers().stream()
                .flatMap(wrapper -> Stream.of(wrapper.getAnnotationsByType(NpmPackage.class)))
                .filter(npm -> npm.value().equals(name)))
        .isNotEmpty()
        .allSatisfy(
            npm -> assertThat(tested).contains("\"%s\": \"%s\"".formatted(name, npm.version())));
  }

  @Test
  void theThemesClassesAreInItsStyleSheets() throws IOException, IllegalAccessException {
    String parts = Files.readString(RESOURCES.resolve("resources/tillpost/parts.css"));

    for (var field : TillpostTheme.class.getFields()) {
      String value = (String) field.get(null);
      if (value.startsWith("tillpost-")) {
        assertThat(parts).as(field.getName()).contains("." + value);
      }
    }
  }

  private static List<Class<? extends Component>> wrappers() {
    return Arrays.asList(
        StageTimeline.class,
        TraceWaterfall.class,
        Sparkline.class,
        TimeSeriesChart.class,
        StoreHeatMap.class,
        ImpactTile.class,
        PayloadView.class,
        RelativeTime.class,
        ServerClock.class);
  }

  private static WaterfallSpan span(String id, String parentId, Instant start, Duration duration) {
    return new WaterfallSpan(id, parentId, "n", "s", start, duration, false);
  }

  private static String sent(Component component, String property) {
    return String.valueOf(component.getElement().getPropertyRaw(property));
  }
}
