package io.tillpost.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.provider.DataKeyMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveRowsTest {
  private final LiveRows<Row> rows = new LiveRows<>(Row::id);
  private final Grid<Row> grid = new Grid<>();

  @Test
  void aRowIsTheSameForAClickThatIsOnItsWayWhileItChanges() {
    grid.setDataProvider(rows);
    rows.show(List.of(new Row("a", "pending"), new Row("b", "pending")));
    DataKeyMapper<Row> keys = grid.getDataCommunicator().getKeyMapper();
    String key = keys.key(new Row("b", "pending"));

    rows.show(List.of(new Row("b", "firing"), new Row("c", "pending")));

    assertThat(keys.get(key).id()).isEqualTo("b");
    assertThat(keys.key(new Row("b", "firing"))).isEqualTo(key);
    assertThat(grid.getListDataView().getItems().toList())
        .containsExactly(new Row("b", "firing"), new Row("c", "pending"));
  }

  private record Row(String id, String state) {}
}
