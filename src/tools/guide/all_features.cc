#include "tools/guide/all_features.h"

#include "tools/guide/prompts.h"
#include "tools/guide/resources.h"
#include "tools/tools.h"

namespace pmcp::tools {

server::Features AllFeatures(const Deps& deps) {
  server::Features features;
  features.tools = AllTools(deps);
  features.resources = AllResources(deps);
  features.prompts = AllPrompts(deps);
  return features;
}

}  // namespace pmcp::tools
