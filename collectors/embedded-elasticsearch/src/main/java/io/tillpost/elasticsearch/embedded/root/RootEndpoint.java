package io.tillpost.elasticsearch.embedded.root;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.Build;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.index.IndexVersion;
import org.elasticsearch.rest.RestChannel;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestResponse;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.xcontent.XContentBuilder;

/** Says who is here, in the shape that every Elasticsearch client knows. */
final class RootEndpoint implements RestHandler {
  private final ClusterService clusterService;

  RootEndpoint(ClusterService clusterService) {
    this.clusterService = clusterService;
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route(RestRequest.Method.GET, "/"), new Route(RestRequest.Method.HEAD, "/"));
  }

  @Override
  public void handleRequest(RestRequest request, RestChannel channel, NodeClient client)
      throws IOException {
    ClusterState state = clusterService.state();
    Build build = Build.current();
    XContentBuilder body = channel.newBuilder();
    if (!request.hasParam("pretty")) {
      // A person looks here as often as a client does.
      body.prettyPrint().lfAtEnd();
    }
    body.startObject()
        .field("name", clusterService.getNodeName())
        .field("cluster_name", state.getClusterName().value())
        .field(
            "cluster_uuid",
            state.metadata().clusterUUIDCommitted() ? state.metadata().clusterUUID() : "_na_")
        .startObject("version")
        .field("number", build.qualifiedVersion())
        .field("build_flavor", build.flavor())
        .field("build_type", build.type().displayName())
        .field("build_hash", build.hash())
        .field("build_date", build.date())
        .field("build_snapshot", build.isSnapshot())
        .field("lucene_version", IndexVersion.current().luceneVersion().toString())
        .field("minimum_wire_compatibility_version", build.minWireCompatVersion())
        .field("minimum_index_compatibility_version", build.minIndexCompatVersion())
        .endObject()
        .field("tagline", "You Know, for Search")
        .endObject();
    channel.sendResponse(new RestResponse(RestStatus.OK, body));
  }
}
