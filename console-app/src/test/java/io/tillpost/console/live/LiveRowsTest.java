package io.tillpost.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.provider.DataChangeEvent;
import com.vaadin.flow.data.provider.DataKeyMapper;
import java.util.ArrayList;
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

  @Test
  void onlyRowsThatChangedAreSentWhereEachStaysInItsPlace() {
    List<Row> sent = new ArrayList<>();
    List<String> whole = new ArrayList<>();
    rows.addDataProviderListener(
        event -> {
          if (event instanceof DataChangeEvent.DataRefreshEvent<Row> one) {
            sent.add(one.getItem());
          } else {
            whole.add("sent");
          }
        });
    rows.change(List.of(new Row("a", "pending"), new Row("b", "pending")));
    assertThat(whole).hasSize(1);

    rows.change(List.of(new Row("a", "pending"), new Row("b", "firing")));
    assertThat(sent).containsExactly(new Row("b", "firing"));
    assertThat(whole).hasSize(1);
    assertThat(rows.getItems()).containsExactly(new Row("a", "pending"), new Row("b", "firing"));

    rows.change(List.of(new Row("b", "firing"), new Row("a", "pending")));
    assertThat(whole).hasSize(2);
    assertThat(rows.getItems()).containsExactly(new Row("b", "firing"), new Row("a", "pending"));
  }

  private record Row(String id, String state) {}
}
