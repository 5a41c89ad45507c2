import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.Plugin;

/**
 * Starts a node with the settings and plugins of its arguments, `name=value` each. Of OpenSearch, too: search-node.ts
 * puts its packages in. The products' own start refuses root, and wants a distribution that Maven Central has not.
 */
final class SearchNode extends Node {
    private SearchNode(Settings settings, List<Class<? extends Plugin>> plugins) {
        super(InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "node"), plugins, false);
    }

    public static void main(String[] args) throws Exception {
        var settings = Settings.builder();
        var plugins = new ArrayList<Class<? extends Plugin>>();
        for (var arg : args) {
            var at = arg.indexOf('=');
            var name = arg.substring(0, at);
            var value = arg.substring(at + 1);
            if (name.equals("plugin")) plugins.add(Class.forName(value).asSubclass(Plugin.class));
            else settings.put(name, value);
        }
        new SearchNode(settings.build(), plugins).start();
        System.out.println("The node has started");
        new CountDownLatch(1).await();
    }
}
