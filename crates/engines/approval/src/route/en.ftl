route-steps = Steps of this route
route-until = The next route of the same kind begins at { $amount }, so this one serves amounts below that.
route-no-decision = This route has no step that decides yet
route-no-decision-why = Please add a step of approval or joint consent. Until then nothing can be proposed on this route.
route-add-step = Add a step
