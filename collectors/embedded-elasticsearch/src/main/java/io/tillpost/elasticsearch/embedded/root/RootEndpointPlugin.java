package io.tillpost.elasticsearch.embedded.root;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.features.NodeFeature;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.rest.RestHandler;
import org.jspecify.annotations.Nullable;

/** Loaded by the server from {@code modules/root-endpoint}; registers {@link RootEndpoint}. */
public final class RootEndpointPlugin extends Plugin implements ActionPlugin {
  private @Nullable ClusterService clusterService;

  @Override
  public Collection<?> createComponents(PluginServices services) {
    clusterService = services.clusterService();
    return List.of();
  }

  @Override
  public Collection<RestHandler> getRestHandlers(
      RestHandlersServices services,
      Supplier<DiscoveryNodes> nodesInCluster,
      Predicate<NodeFeature> clusterSupportsFeature) {
    // The server makes the components first.
    return List.of(new RootEndpoint(Objects.requireNonNull(clusterService)));
  }
}
